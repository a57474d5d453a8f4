/** Checks `command:` of an institution: the program that prints its statements, and the keys that go with it. */

import { referenceComplaint } from './references.js';
import { inKey, type RawEntry, type RuleProblem } from './rule-problem.js';
import { isRecord, textOf } from './yaml/positions.js';

/** A name that is a key of JSON without escapes, and part of a name in the keychain. */
const SECRET_NAME = /^[A-Za-z][\w-]{0,39}$/;
const PLACEHOLDER = /\{(from|to|account)\}/;

/** Returns the problems of `command`, `each` and `secrets`. */
export function programRules({ path, value }: RawEntry): RuleProblem[] {
  const { command } = value;
  if (command === undefined)
    return ['each', 'secrets'].flatMap((key) =>
      value[key] === undefined ? [] : [inKey([...path, key], `${key} is used with command only`, 'remove it')],
    );
  const secrets = isRecord(value['secrets']) ? Object.entries(value['secrets']) : [];
  return [
    ...placeholderProblems({ path, value }),
    ...secrets.flatMap(([name, given]): RuleProblem[] => {
      const at = [...path, 'secrets', name];
      if (!SECRET_NAME.test(name)) return [inKey(at, 'not a name', 'letters, digits, dashes and underscores')];
      const complaint = referenceComplaint(given, {
        key: 'password',
        institution: `${textOf(value['name']) ?? ''}-${name}`,
        isTest: false,
        shown: name,
      });
      return complaint === null ? [] : [{ path: at, at: 'value', ...complaint }];
    }),
  ];
}

/** A shell would run what a bank wrote into an account id; and braces inside an argument may belong to the program. */
function placeholderProblems({ path, value }: RawEntry): RuleProblem[] {
  const { command } = value;
  const at = { path: [...path, 'command'], at: 'value' } as const;
  const line = textOf(command);
  if (line !== null) {
    const found = PLACEHOLDER.exec(line);
    if (found === null) return [];
    return [
      {
        ...at,
        message: `a line for the shell cannot have ${found[0]}`,
        suggestion: `write "$OFX_SYNC_${(found[1] ?? '').toUpperCase()}" in its place, or command: [PROGRAM, "${found[0]}"]`,
      },
    ];
  }
  const words = Array.isArray(command) ? command.flatMap((word) => textOf(word) ?? []) : [];
  const mixed = words.find((word) => PLACEHOLDER.test(word) && !/^\{(?:from|to|account)\}$/.test(word));
  if (mixed !== undefined)
    return [
      {
        ...at,
        message: `${PLACEHOLDER.exec(mixed)?.[0]} must be an argument of its own`,
        suggestion: 'a line for the shell can join them: command: \'PROGRAM --from="$OFX_SYNC_FROM"\'',
      },
    ];
  const isEach = textOf(value['each']) === 'account';
  if (!isEach && words.includes('{account}'))
    return [{ ...at, message: '{account} needs one run for each account', suggestion: 'each: account' }];
  return [];
}
