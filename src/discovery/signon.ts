/**
 * Signs on with the help of a person, where institutions want more than a password: a new password (15000), a confirmed program
 * (15510), a token (15512), answers to questions (3000). The person is asked for each, a few times at most; a refused sign-on
 * (15500) ends it at once, since institutions lock a login after a few.
 */

import { type OfxSyncError, SignonError, toOfxSyncError } from '../errors.js';
import { type Institution, sendsClientUid } from '../model/institution.js';
import type { Login, SignonExtras } from '../model/login.js';
import { Secret } from '../model/secret.js';
import { automaticAnswer, questionText } from '../ofx/challenges.js';
import type { OfxFile, Profile } from '../ofx/file.js';
import { type InquiryPorts, inquire, requireReply } from './inquiry.js';

/** A person who is asked for what the institution wants. */
export interface Guide {
  readonly say: (text: string) => Promise<void>;
  /** Returns one line that is typed unseen; `''` for none. */
  readonly ask: (question: string) => Promise<string>;
  /** Stores a new password where the old one was found. Rejects with an OfxSyncError. */
  readonly savePassword: (password: string) => Promise<void>;
}

interface SignonPorts extends InquiryPorts {
  readonly now: () => Date;
  /** Name of the operating system, for the institutions that ask. */
  readonly platform: string;
}

const MOST_ROUNDS = 6;

/**
 * Signs on by requesting the list of accounts.
 * @param guide `null` without a person: whatever an institution wants is then an error with a hint.
 * @returns the reply with the list.
 * @throws OfxSyncError, a SignonError when the sign-on was refused.
 */
export async function signOn(
  login: Login,
  { guide, profile }: { readonly guide: Guide | null; readonly profile: Profile | null },
  ports: SignonPorts,
): Promise<OfxFile> {
  const { institution } = login;
  let current = login;
  for (let round = 1; ; round += 1) {
    try {
      return await inquire(institution, { kind: 'accounts', login: current }, ports);
    } catch (thrown) {
      const error = toOfxSyncError(thrown);
      const step = error instanceof SignonError ? STEPS[error.ofxStatus ?? 0] : undefined;
      if (guide === null || step === undefined || round >= MOST_ROUNDS) throw error;
      current = await step(current, { error, guide, profile, institution, ports });
    }
  }
}

interface StepContext {
  readonly error: OfxSyncError;
  readonly guide: Guide;
  readonly profile: Profile | null;
  readonly institution: Institution;
  readonly ports: SignonPorts;
}

/** @returns the login with what the institution wanted. @throws OfxSyncError when the person gave nothing. */
type GuidedStep = (login: Login, context: StepContext) => Promise<Login>;

const STEPS: Readonly<Record<number, GuidedStep>> = {
  3000: answerQuestions,
  3001: answerQuestions,
  15000: changePassword,
  15507: changePassword,
  15510: confirmProgram,
  15512: enterToken,
  15513: enterToken,
};

async function changePassword(login: Login, { error, guide, institution, ports }: StepContext): Promise<Login> {
  await guide.say(`${institution.name} wants a new password (${error.message}).`);
  const typed = await guide.ask('new password (Enter keeps the old one): ');
  if (typed === '') throw error;
  if ((await guide.ask('repeat it: ')) !== typed) {
    await guide.say('The two differ; nothing was changed.');
    throw error;
  }
  const newPassword = new Secret(typed);
  const file = await inquire(institution, { kind: 'password', login, newPassword }, ports);
  requireReply(file, 'PINCHTRNRS', institution);
  await guide.say(`${institution.name} has accepted the new password.`);
  await guide.savePassword(typed);
  return { ...login, password: newPassword };
}

async function confirmProgram(login: Login, { error, guide, institution }: StepContext): Promise<Login> {
  if (login.clientUid === null || !sendsClientUid(institution.quirks)) throw error;
  await guide.say(
    [
      `${institution.name} does not know this program yet (${error.message}).`,
      'Confirm it now: sign in on the bank’s website and look for a message about a new device or program, in the secure messages or under security settings; or follow the e-mail or letter. Some banks give you only minutes, others days.',
    ].join('\n'),
  );
  const typed = await guide.ask('Press Enter when it is confirmed; type anything else to stop: ');
  if (typed !== '') throw error;
  return login;
}

async function enterToken(login: Login, { error, guide, profile, institution }: StepContext): Promise<Login> {
  const info = profile?.signons.find(({ tokenLabel, tokenUrl }) => tokenLabel !== null || tokenUrl !== null);
  const where = info?.tokenUrl == null ? 'on its website' : `at ${info.tokenUrl}`;
  await guide.say(`${institution.name} asks for a one-time token (${error.message}). Get it ${where}.`);
  const typed = await guide.ask(`${info?.tokenLabel ?? 'token'}: `);
  if (typed === '') throw error;
  return withExtras(login, { authToken: new Secret(typed) });
}

async function answerQuestions(login: Login, { error, guide, institution, ports }: StepContext): Promise<Login> {
  const unanswered = login.extras?.answers === undefined ? login : withExtras(login, { answers: [] });
  const file = await inquire(institution, { kind: 'challenge', login: unanswered }, ports);
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
