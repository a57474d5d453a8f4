/** References to secrets in accounts.yaml: text (`env:NAME`) or an object (`{ env: NAME }`), which mean the same. */

import { z } from 'zod';
import { nearest } from '../model/nearest.js';
import type { PushSecret } from '../model/push.js';
import { Secret, type SecretReference } from '../model/secret.js';
import { shellWord } from '../model/shell-word.js';

export const REFERENCE_TEXT = /^(?:keychain|prompt|(?:keychain|env|file|command|literal):\s*\S[^\r\n]*)$/;
/** A scheme such as `env:` without a value. */
const UNFINISHED = /^(?:keychain|env|file|command|literal):\s*$/;

const word = (what: string) => z.string().min(1).describe(what);
const switchedOn = (what: string) => z.literal(true).describe(what);

const OBJECTS = {
  keychain: z
    .union([word('name in the keychain'), switchedOn('under its default name')])
    .describe('keychain of the operating system'),
  env: word('environment variable'),
  file: word('file that only you can read, with the secret in its first line'),
  command: z
    .union([z.string().min(1), z.array(z.string()).min(1)])
    .describe('command that prints the secret in its first line: a list is run directly, a text by the shell'),
  prompt: switchedOn('asked on the terminal'),
  literal: word('the value itself, for sandbox and loopback addresses only'),
};

const REFERENCE_KEYS = Object.keys(OBJECTS);

export const referenceObject = z.union([
  z.strictObject({ keychain: OBJECTS.keychain }),
  z.strictObject({ env: OBJECTS.env }),
  z.strictObject({ file: OBJECTS.file }),
  z.strictObject({ command: OBJECTS.command }),
  z.strictObject({ prompt: OBJECTS.prompt }),
  z.strictObject({ literal: OBJECTS.literal }),
]);

/** A secret: text must be a reference. */
export const secretSchema = z.union([z.string().regex(REFERENCE_TEXT), referenceObject]);
/** A value that may be a secret: text that is not a reference is the value itself. */
export const valueSchema = z.union([z.string().min(1), referenceObject]);

export type ReferenceEntry = z.infer<typeof valueSchema>;

/** Reads a reference; other text is a plain value. Paths stay as written. */
export function readReference(entry: ReferenceEntry): SecretReference {
  if (typeof entry === 'string') return fromText(entry);
  if ('keychain' in entry) return { scheme: 'keychain', name: entry.keychain === true ? null : entry.keychain };
  if ('env' in entry) return { scheme: 'env', name: entry.env };
  if ('file' in entry) return { scheme: 'file', path: entry.file };
  if ('command' in entry) return { scheme: 'command', command: entry.command };
  if ('prompt' in entry) return { scheme: 'prompt' };
  return { scheme: 'literal', value: new Secret(entry.literal) };
}

function fromText(text: string): SecretReference {
  if (text === 'prompt') return { scheme: 'prompt' };
  if (text === 'keychain') return { scheme: 'keychain', name: null };
  const [, scheme, rest = ''] = /^(keychain|env|file|command|literal):\s*(\S[^\r\n]*)$/.exec(text) ?? [];
  if (scheme === 'keychain' || scheme === 'env') return { scheme, name: rest };
  if (scheme === 'file') return { scheme, path: rest };
  if (scheme === 'command') return { scheme, command: rest };
  if (scheme === 'literal') return { scheme, value: new Secret(rest) };
  return { scheme: 'plain', value: text };
}

interface ReferenceComplaint {
  readonly message: string;
  readonly suggestion: string;
}

interface ReferencePlace {
  /** `userId` and `clientUid` may be plain text, the others must be references. */
  readonly key: 'userId' | 'password' | 'clientUid' | 'userCred1' | 'userCred2' | 'simplefin' | PushSecret;
  /** The institution, or the name in the keychain to suggest. */
  readonly institution: string | null;
  /** A sandbox or loopback address, where a literal is accepted. */
  readonly isTest: boolean;
  /** The key in the file, if it is another. */
  readonly shown?: string;
}

const FORMS = 'keychain, env:NAME, file:PATH, prompt, { command: […] }';

function mayBePlain(key: ReferencePlace['key']): boolean {
  return key === 'userId' || key === 'clientUid';
}

function formsOf({ key }: ReferencePlace): string {
  if (!mayBePlain(key)) return FORMS;
  return `${key === 'userId' ? 'the user id' : 'auto'}, or where to find it: ${FORMS}`;
}

/** Explains an invalid reference. Never quotes the value, nor any part of it. */
export function referenceComplaint(value: unknown, place: ReferencePlace): ReferenceComplaint | null {
  if (value === null || value === '') return { message: 'empty', suggestion: formsOf(place) };
  if (typeof value === 'string') return textComplaint(value, place);
  if (typeof value !== 'object') {
    return !mayBePlain(place.key)
      ? passwordInFile(place)
      : {
          message: `expected text in quotes, received ${typeof value === 'number' ? 'a number' : 'true or false'}`,
          suggestion: `${place.key}: "…"`,
        };
  }
  return objectComplaint(value, place);
}

function textComplaint(value: string, place: ReferencePlace): ReferenceComplaint | null {
  if (UNFINISHED.test(value)) return { message: 'nothing follows the colon', suggestion: formsOf(place) };
  if (!mayBePlain(place.key) && !REFERENCE_TEXT.test(value)) return passwordInFile(place);
  return value.startsWith('literal:') ? literalComplaint(place) : null;
}

function objectComplaint(value: object, place: ReferencePlace): ReferenceComplaint | null {
  if (Array.isArray(value)) return { message: 'not a valid reference to a secret', suggestion: '{ command: […] }' };
  const keys = Object.keys(value);
  const unknown = keys.find((key) => !REFERENCE_KEYS.includes(key));
  if (unknown !== undefined) {
    const near = nearest(unknown, REFERENCE_KEYS);
    return {
      message: 'not a valid reference to a secret',
      suggestion: near === null ? formsOf(place) : `did you mean \`${near}\`?`,
    };
  }
  if (keys.length !== 1)
    return { message: 'a secret can be in one place only', suggestion: `one of ${REFERENCE_KEYS.join(', ')}` };
  const key = keys[0] ?? '';
  if (!referenceObject.safeParse(value).success)
    return {
      message: `the value of ${key} is invalid`,
      suggestion: key === 'command' ? '{ command: [pass, show, river] }' : `{ ${key}: … } with text in quotes`,
    };
  return key === 'literal' ? literalComplaint(place) : null;
}

function literalComplaint(place: ReferencePlace): ReferenceComplaint | null {
  if (place.isTest) return null;
  return !mayBePlain(place.key)
    ? passwordInFile(place)
    : {
        message: 'literal is for sandbox and loopback addresses only',
        suggestion:
          place.key === 'userId' ? 'write the user id itself, or env:NAME' : 'write the value itself, or env:NAME',
      };
}

const SECRET_WORDS: Readonly<Record<string, string>> = { token: 'token', simplefin: 'access URL' };

function passwordInFile({ key, institution, isTest, shown = key }: ReferencePlace): ReferenceComplaint {
  // The entry of the institution's name is the password's.
  const isFurther = key === 'userCred1' || key === 'userCred2';
  const entry = shellWord(`${institution ?? 'NAME'}${isFurther ? `-${key}` : ''}`);
  return {
    message: `do not put the ${SECRET_WORDS[key] ?? (shown === key ? 'password' : 'secret')} here`,
    suggestion: isTest
      ? 'for a sandbox or loopback address, write { literal: … }'
      : `write \`${shown}: keychain${isFurther ? `:${entry}` : ''}\`, then run: ofx-sync secret set ${entry}`,
  };
}
