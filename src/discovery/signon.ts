/**
 * Signs on with the help of a person, where institutions want more than a password: a new password (15000), a confirmed program
 * (15510), a token (15512), answers to questions (3000). The person is asked for each, a few times at most; a refused sign-on
 * (15500) ends it at once, since institutions lock a login after a few.
 */

import { SignonError, toOfxSyncError } from '../errors.js';
import { type Institution, sendsClientUid } from '../model/institution.js';
import type { Login, SignonDemand, SignonExtras } from '../model/login.js';
import { Secret } from '../model/secret.js';
import { shellWord } from '../model/shell-word.js';
import { automaticAnswer, type MachineFacts, questionText } from '../ofx/challenges.js';
import { unmetDemand } from '../ofx/demands.js';
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

export interface SignonPorts extends InquiryPorts {
  /** Returns the facts about this computer, for the institutions that ask. */
  readonly machine: () => MachineFacts;
}

const MOST_ROUNDS = 6;

/**
 * Signs on by requesting the list of accounts, after the person has given what the profile demands first.
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
  const context = { profile, institution, ports };
  const demands = [...(login.demands ?? [])];
  const demand = demands[0];
  if (guide === null && demand !== undefined) throw unmetDemand(demand, institution);
  let current = login;
  for (let round = 1; ; round += 1) {
    try {
      for (let next = demands[0]; guide !== null && next !== undefined; next = demands[0]) {
        // The person may know better, and give nothing: it was given on the website, or with another program.
        current = (await FIRST[next](current, { ...context, guide, reason: 'its profile says so' })) ?? current;
        demands.shift();
      }
      return await inquire(institution, { kind: 'accounts', login: current }, ports);
    } catch (thrown) {
      const error = toOfxSyncError(thrown);
      const step = error instanceof SignonError ? STEPS[error.ofxStatus ?? 0] : undefined;
      if (guide === null || step === undefined || round >= MOST_ROUNDS) throw error;
      const given = await step(current, { ...context, guide, reason: error.message });
      if (given === null) throw error;
      current = given;
      demands.splice(0, demands.length, ...demands.filter((one) => FIRST[one] !== step));
    }
  }
}

interface StepContext {
  /** The reason why the institution wants more, in words. */
  readonly reason: string;
  readonly guide: Guide;
  readonly profile: Profile | null;
  readonly institution: Institution;
  readonly ports: SignonPorts;
}

/** @returns the login with what the institution wanted, `null` when the person gave nothing. @throws OfxSyncError */
type GuidedStep = (login: Login, context: StepContext) => Promise<Login | null>;

const FIRST: Readonly<Record<SignonDemand, GuidedStep>> = {
  token: enterToken,
  questions: answerQuestions,
  password: changePassword,
};

const STEPS: Readonly<Record<number, GuidedStep>> = {
  3000: answerQuestions,
  3001: answerQuestions,
  15000: changePassword,
  15507: changePassword,
  15510: confirmProgram,
  15512: enterToken,
  15513: enterToken,
};

async function changePassword(login: Login, { reason, guide, institution, ports }: StepContext): Promise<Login | null> {
  await guide.say(`${institution.name} wants a new password (${reason}).`);
  const typed = await guide.ask('new password (Enter keeps the old one): ');
  if (typed === '') return null;
  if ((await guide.ask('repeat it: ')) !== typed) {
    await guide.say('The two differ; nothing was changed.');
    throw new SignonError('SIGNON_NEEDS_ACTION', 'the new password was typed in two different ways', {
      hint: `Try again: ofx-sync signon ${shellWord(institution.name)}`,
    });
  }
  const newPassword = new Secret(typed);
  const file = await inquire(institution, { kind: 'password', login, newPassword }, ports);
  requireReply(file, 'PINCHTRNRS', institution);
  await guide.say(`${institution.name} has accepted the new password.`);
  await guide.savePassword(typed);
  return { ...login, password: newPassword };
}

async function confirmProgram(login: Login, { reason, guide, institution }: StepContext): Promise<Login | null> {
  if (login.clientUid === null || !sendsClientUid(institution.quirks)) return null;
  await guide.say(
    [
      `${institution.name} does not know this program yet (${reason}).`,
      'Confirm it now: sign in on the bank’s website and look for a message about a new device or program, in the secure messages or under security settings; or follow the e-mail or letter. Some banks give you only minutes, others days.',
    ].join('\n'),
  );
  const typed = await guide.ask('Press Enter when it is confirmed; type anything else to stop: ');
  return typed === '' ? login : null;
}

async function enterToken(login: Login, { reason, guide, profile, institution }: StepContext): Promise<Login | null> {
  const info = profile?.signons.find(({ tokenLabel, tokenUrl }) => tokenLabel !== null || tokenUrl !== null);
  const where = info?.tokenUrl == null ? 'on its website' : `at ${info.tokenUrl}`;
  await guide.say(`${institution.name} asks for a one-time token (${reason}). Get it ${where}.`);
  const typed = await guide.ask(`${info?.tokenLabel ?? 'token'}: `);
  return typed === '' ? null : withExtras(login, { authToken: new Secret(typed) });
}

async function answerQuestions(
  login: Login,
  { reason, guide, institution, ports }: StepContext,
): Promise<Login | null> {
  const unanswered = login.extras?.answers === undefined ? login : withExtras(login, { answers: [] });
  const file = await inquire(institution, { kind: 'challenge', login: unanswered }, ports);
  requireReply(file, 'MFACHALLENGETRNRS', institution);
  if (file.challenges.length === 0) return null;
  const machine = ports.machine();
  const known = file.challenges.map(({ phrase }) => automaticAnswer(phrase, machine, institution.quirks));
  if (known.includes(null)) await guide.say(`${institution.name} asks security questions (${reason}).`);
  const answers: { phrase: string; answer: Secret }[] = [];
  for (const [index, challenge] of file.challenges.entries()) {
    const answer = known[index] ?? (await guide.ask(`${questionText(challenge)}: `));
    if (answer === '') return null;
    answers.push({ phrase: challenge.phrase, answer: new Secret(answer) });
  }
  return withExtras(login, { answers });
}

function withExtras(login: Login, more: Partial<SignonExtras>): Login {
  return { ...login, extras: { ...login.extras, ...more } };
}
