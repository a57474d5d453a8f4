/**
 * Signing on with a person at hand, for institutions that want more than a password: a new password (15000), a program that is
 * confirmed (15510), a token (15512), answers to questions (3000). Each is asked for, tried, and asked for again a few times at
 * most; a refused signon (15500) ends it at once, since institutions lock a login after a few.
 */

import { type OfxSyncError, SignonError, toOfxSyncError } from '../errors.js';
import { type Institution, sendsClientUid } from '../model/institution.js';
import type { Login, SignonExtras } from '../model/login.js';
import { Secret } from '../model/secret.js';
import type { OfxFile, Profile } from '../ofx/file.js';
import { automaticAnswer, questionText } from '../ofx/write/challenges.js';
import { type ConversationOptions, type ConversationPorts, converse, requireReply } from './inquiry.js';

/** The person. */
export interface Guide {
  readonly say: (text: string) => Promise<void>;
  /** One line, typed unseen; `''` for none. */
  readonly ask: (question: string) => Promise<string>;
  /** Keeps a new password where the old one was found. Rejects with an OfxSyncError. */
  readonly savePassword: (password: string) => Promise<void>;
}

interface SignonPorts extends ConversationPorts, ConversationOptions {
  readonly now: () => Date;
  /** Name of the machine's system, for the institutions that ask. */
  readonly platform: string;
}

export interface SignedOn {
  readonly login: Login;
  /** The answer to the list of accounts, which is what was asked for. */
  readonly file: OfxFile;
}

const MOST_ROUNDS = 6;

/**
 * Signs on by asking for the list of accounts.
 * @param guide `null`: nobody is there, and what an institution wants is an error with what to do.
 * @throws SignonError and what else goes wrong on the way.
 */
export async function signOn(
  login: Login,
  { guide, profile }: { readonly guide: Guide | null; readonly profile: Profile | null },
  ports: SignonPorts,
): Promise<SignedOn> {
  const { institution } = login;
  let current = login;
  for (let round = 1; ; round += 1) {
    try {
      const file = await converse(institution, { kind: 'accounts', login: current }, ports);
      return { login: current, file };
    } catch (thrown) {
      const error = toOfxSyncError(thrown);
      const step = error instanceof SignonError ? STEPS[error.ofxStatus ?? 0] : undefined;
      if (guide === null || step === undefined || round >= MOST_ROUNDS) throw error;
      current = await step(current, { error, guide, profile, institution, ports });
    }
  }
}

interface Situation {
  readonly error: OfxSyncError;
  readonly guide: Guide;
  readonly profile: Profile | null;
  readonly institution: Institution;
  readonly ports: SignonPorts;
}

/** @returns the login with what was wanted. @throws OfxSyncError when the person gave nothing. */
type GuidedStep = (login: Login, situation: Situation) => Promise<Login>;

const STEPS: Readonly<Record<number, GuidedStep>> = {
  3000: answerQuestions,
  3001: answerQuestions,
  15000: changePassword,
  15507: changePassword,
  15510: confirmProgram,
  15512: giveToken,
  15513: giveToken,
};

async function changePassword(login: Login, { error, guide, institution, ports }: Situation): Promise<Login> {
  await guide.say(`${institution.name} wants a new password (${error.message}).`);
  const typed = await guide.ask('new password (nothing: leave it as it is): ');
  if (typed === '') throw error;
  if ((await guide.ask('once more: ')) !== typed) {
    await guide.say('These differ; nothing was changed.');
    throw error;
  }
  const newPassword = new Secret(typed);
  const file = await converse(institution, { kind: 'password', login, newPassword }, ports);
  requireReply(file, 'PINCHTRNRS', institution);
  await guide.say(`${institution.name} has taken the new password.`);
  await guide.savePassword(typed);
  return { ...login, password: newPassword };
}

async function confirmProgram(login: Login, { error, guide, institution }: Situation): Promise<Login> {
  if (login.clientUid === null || !sendsClientUid(institution.quirks)) throw error;
  await guide.say(
    [
      `${institution.name} does not know this program yet (${error.message}).`,
      'Confirm it now: sign in on its web site and look for a message about a new device or program, in the secure messages or under security settings; or follow the e-mail or letter. Some institutions open a window of a few minutes or days for it.',
    ].join('\n'),
  );
  const typed = await guide.ask('Enter when it is confirmed, anything else to stop: ');
  if (typed !== '') throw error;
  return login;
}

async function giveToken(login: Login, { error, guide, profile, institution }: Situation): Promise<Login> {
  const info = profile?.signons.find(({ tokenLabel, tokenUrl }) => tokenLabel !== null || tokenUrl !== null);
  const where = info?.tokenUrl == null ? 'on its web site' : `at ${info.tokenUrl}`;
  await guide.say(`${institution.name} wants a token that is good once (${error.message}). Get it ${where}.`);
  const typed = await guide.ask(`${info?.tokenLabel ?? 'token'}: `);
  if (typed === '') throw error;
  return withExtras(login, { authToken: new Secret(typed) });
}

async function answerQuestions(login: Login, { error, guide, institution, ports }: Situation): Promise<Login> {
  const asked = login.extras?.answers === undefined ? login : withExtras(login, { answers: [] });
  const file = await converse(institution, { kind: 'challenge', login: asked }, ports);
  requireReply(file, 'MFACHALLENGETRNRS', institution);
  if (file.challenges.length === 0) throw error;
  await guide.say(`${institution.name} asks security questions (${error.message}).`);
  const answers: { phrase: string; answer: Secret }[] = [];
  for (const challenge of file.challenges) {
    const known = automaticAnswer(challenge.phrase, { now: ports.now(), platform: ports.platform });
    const answer = known ?? (await guide.ask(`${questionText(challenge)}: `));
    if (answer === '') throw error;
    answers.push({ phrase: challenge.phrase, answer: new Secret(answer) });
  }
  return withExtras(login, { answers });
}

function withExtras(login: Login, more: Partial<SignonExtras>): Login {
  return { ...login, extras: { ...login.extras, ...more } };
}
