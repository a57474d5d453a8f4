/**
 * Tries requests of another form at a bank that refuses statements as they are requested by default: for one account at a time,
 * and with other dates. Every request goes through the sign-on guard; the forms of dates are tried only with a password that
 * the bank has just accepted.
 */

import { HttpError, type OfxSyncError } from '../errors.js';
import type { Account } from '../model/account.js';
import type { Config, Quirks } from '../model/institution.js';
import type { Login } from '../model/login.js';
import { readyToSignOn } from '../ofx/demands.js';
import { confirmSignon } from '../sync/confirm-signon.js';
import { createLimiter } from '../sync/limiter.js';
import { mayBeOneAccountsFault } from '../sync/verdict.js';
import { checkStatements, lastDays } from './statements.js';
import { type CheckPorts, failed, passed, type Step, warned } from './step.js';

interface Trial {
  readonly login: Login;
  readonly config: Config;
  readonly accounts: readonly Account[];
}

/** The forms of dates, each with the words for it. */
const DATE_FORMS: readonly (readonly [form: Quirks, words: string])[] = [
  [{ alwaysDateRange: true }, 'an end date'],
  [{ shortDates: true }, 'dates of eight digits'],
  [{ shortDates: true, alwaysDateRange: true }, 'dates of eight digits and an end date'],
];

/** Requests the statement of one account, then those of the others. @returns `null` when it is refused as well. */
export async function oneByOne(steps: readonly Step[], trial: Trial, ports: CheckPorts): Promise<Step[] | null> {
  const { login, accounts } = trial;
  const [first, ...others] = accounts;
  const error = steps.find(({ step }) => step === 'signon')?.error ?? null;
  if (first === undefined || error === null || !isForbidden(error) || !areRequestedTogether(login, accounts))
    return null;
  const form = { accountsPerRequest: 1 };
  const [signon, ...ofFirst] = await checkForm(form, { ...trial, accounts: [first] }, ports);
  if (signon === undefined || !ofFirst.every(isAnswered)) return null;
  const rest = others.length === 0 ? [] : await checkForm(form, { ...trial, accounts: others }, ports);
  const { durationMs, details } = signon;
  return [
    warned('signon', `${signon.message}, but not for several accounts in one request`, {
      durationMs,
      details,
      hint: 'The request for several accounts was refused, and one for a single account was answered. Set accountsPerRequest: 1.',
    }),
    ...ofFirst,
    ...rest.filter(({ step }) => step === 'account'),
  ];
}

/** Requests the statement of one account with other dates, at most three times. @returns `null` when none is answered. */
export async function withOtherDates(steps: readonly Step[], trial: Trial, ports: CheckPorts): Promise<Step[] | null> {
  const { login, accounts } = trial;
  const { quirks } = login.institution;
  const [first] = accounts;
  const errors = steps.flatMap(({ step, error }) => (step === 'account' && error !== null ? [error] : []));
  const isWhole = errors.length === accounts.length && errors.every(mayBeTheDates);
  const forms = DATE_FORMS.filter(
    ([form]) => !(form.shortDates && quirks.shortDates) && !(form.alwaysDateRange && quirks.alwaysDateRange),
  );
  if (first === undefined || !isWhole || forms.length === 0) return null;
  const signon = await confirmed(steps, trial, ports);
  if (signon === null) return null;
  for (const [form, words] of forms) {
    const [, ...tried] = await checkForm(form, { ...trial, accounts: [first] }, ports);
    if (tried.every(isAnswered)) return [signon, ...steps.flatMap((step) => refusedDates(step, form, words))];
    if (tried.some(({ error }) => error === null || !mayBeTheDates(error))) return null;
  }
  return null;
}

/** Returns the accepted sign-on of the steps; one that got no verdict, of a password accepted earlier, is confirmed first. */
async function confirmed(
  steps: readonly Step[],
  { login, config, accounts }: Trial,
  ports: CheckPorts,
): Promise<Step | null> {
  const signon = steps.find(({ step }) => step === 'signon');
  if (signon?.status === 'ok' || signon?.status === 'warning') return signon;
  if (signon?.error == null || !mayBeTheDates(signon.error) || !ports.guard.isAccepted(login)) return null;
  const { concurrency, perInstitution } = config.defaults;
  const limiter = createLimiter({ concurrency, perKey: perInstitution });
  const { institution } = login;
  const error = await confirmSignon(
    {
      login: readyToSignOn(login),
      source: await ports.sourceFor(institution),
      wanted: lastDays(institution, accounts, ports.now()),
      timeoutMs: ports.timeoutMs,
      perInstitution,
      signal: ports.signal,
    },
    { ...ports, limiter, onReply: (reply) => ports.onReply(institution, reply), onState: () => undefined },
  );
  return error === null ? passed('signon', 'accepted, in a request for the list of accounts') : null;
}

function refusedDates({ step, account, error, durationMs }: Step, form: Quirks, words: string): Step[] {
  if (step !== 'account' || error === null) return [];
  const keys = Object.keys(form).map((key) => `${key}: true`);
  const hint = `The same request with ${words} was answered. Set ${keys.join(' and ')}.`;
  return [failed('account', error, { account, durationMs, hint })];
}

function checkForm(form: Quirks, { login, config, accounts }: Trial, ports: CheckPorts): Promise<Step[]> {
  const { institution } = login;
  const changed = { ...institution, quirks: { ...institution.quirks, ...form } };
  const resolveLogin = async () => readyToSignOn({ ...login, institution: changed });
  return checkStatements(changed, { config, accounts }, { ...ports, resolveLogin });
}

function isAnswered({ step, statement }: Step): boolean {
  return step === 'account' && statement !== null;
}

/** Returns true for a refusal of a request as a whole after which a sync does not ask for its accounts one by one. */
function isForbidden(error: OfxSyncError): boolean {
  const { code, httpStatus, remedy, refusalText } = error;
  if (error instanceof HttpError && error.fromGateway) return false;
  if ((code !== 'HTTP_STATUS' && code !== 'WEB_PAGE') || remedy !== null || refusalText !== null) return false;
  return httpStatus !== null && TOO_MUCH.has(httpStatus);
}

/** HTTP statuses of a server that is asked for more than it gives: forbidden, not acceptable, conflict, too large, unprocessable. */
const TOO_MUCH: ReadonlySet<number> = new Set([403, 406, 409, 413, 422]);

function areRequestedTogether({ institution, addresses }: Login, [first, ...others]: readonly Account[]): boolean {
  if (first === undefined || (institution.quirks.accountsPerRequest ?? 2) < 2) return false;
  return others.some(({ kind }) => addresses?.[kind] === addresses?.[first.kind]);
}

function mayBeTheDates(error: OfxSyncError): boolean {
  return mayBeOneAccountsFault(error) && error.remedy === null && !error.retryable && error.refusalText === null;
}
