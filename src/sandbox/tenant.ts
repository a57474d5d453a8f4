/** The memory of one sandbox institution between requests, and its verdict on a signon. */

import { SANDBOX_PASSWORD, SANDBOX_USER, type SandboxInstitution } from './institutions.js';
import { children, type Node, value } from './request.js';
import type { WantName } from './wants.js';

export interface Tenant {
  readonly institution: SandboxInstitution;
  readonly trnuids: Set<string>;
  readonly spent: Map<string, number>;
  /** Client UIDs that a person has confirmed, and those of all requests. */
  readonly confirmedUids: Set<string>;
  readonly seenUids: Set<string>;
  /** Keys given to clients that have shown more than a password. */
  readonly accessKeys: Set<string>;
  user: string;
  password: string;
  requests: number;
  signons: number;
  refusedSignons: number;
  refusedInARow: number;
  open: number;
  mostOpen: number;
  /** On the clock of `performance.now()`. */
  lastRequestAt: number;
  hasCookie: boolean;
}

/** Refused signons after which a login is locked. */
const LOCK_AFTER = 5;
const SANDBOX_CREDENTIAL = '1234';
export const SANDBOX_TOKEN = '246810';
/** Questions by their id, with a label where the specification has no text for the id, and the answer (program: APPID, APPVER). */
export const SANDBOX_QUESTIONS = [
  { phrase: 'MFA16', label: null, answer: () => 'Smith' },
  { phrase: 'PET', label: 'Name of your goldfish', answer: () => 'Bubbles' },
  { phrase: 'MFA107', label: null, answer: (program: string) => program },
] as const;

export interface SignonVerdict {
  readonly status: number;
  /** ACCESSKEY for later signons. */
  readonly accessKey: string | null;
}

/** Judges a signon: user and password first, then the wants of the address. */
export function judgeSignon(tenant: Tenant, sonrq: Node | undefined, wants: readonly WantName[]): SignonVerdict {
  const status = judgePassword(tenant, sonrq, wants);
  if (status !== 0) return { status, accessKey: null };
  const uid = value(sonrq, 'CLIENTUID');
  if (wants.includes('confirmed-client-uid')) {
    if (uid !== '') tenant.seenUids.add(uid);
    if (!tenant.confirmedUids.has(uid)) return { status: 15510, accessKey: null };
  }
  if (wants.includes('new-password') && tenant.password === SANDBOX_PASSWORD) return { status: 15000, accessKey: null };
  if (tenant.accessKeys.has(value(sonrq, 'ACCESSKEY'))) return { status: 0, accessKey: value(sonrq, 'ACCESSKEY') };
  const more = moreStatus(sonrq, wants);
  if (more !== 0 || !(wants.includes('token') || wants.includes('questions'))) return { status: more, accessKey: null };
  const accessKey = `key-${tenant.institution.name}-${tenant.accessKeys.size + 1}`;
  tenant.accessKeys.add(accessKey);
  return { status: 0, accessKey };
}

function judgePassword(tenant: Tenant, sonrq: Node | undefined, wants: readonly WantName[]): number {
  tenant.signons += 1;
  if (tenant.refusedInARow >= LOCK_AFTER) return 15502;
  const isRight =
    value(sonrq, 'USERID') === tenant.user &&
    value(sonrq, 'USERPASS') === tenant.password &&
    (!wants.includes('credential') || value(sonrq, 'USERCRED1') === SANDBOX_CREDENTIAL);
  if (isRight) {
    tenant.refusedInARow = 0;
    return 0;
  }
  tenant.refusedSignons += 1;
  tenant.refusedInARow += 1;
  return tenant.refusedInARow >= LOCK_AFTER ? 15502 : 15500;
}

function moreStatus(sonrq: Node | undefined, wants: readonly WantName[]): number {
  if (wants.includes('token')) {
    const token = value(sonrq, 'AUTHTOKEN');
    if (token !== SANDBOX_TOKEN) return token === '' ? 15512 : 15513;
  }
  if (wants.includes('questions')) {
    const answers = children(sonrq, 'MFACHALLENGEANSWER');
    if (answers.length === 0) return 3000;
    const program = `${value(sonrq, 'APPID')} ${value(sonrq, 'APPVER')}`;
    const isRight = SANDBOX_QUESTIONS.every(({ phrase, answer }) =>
      answers.some((one) => value(one, 'MFAPHRASEID') === phrase && value(one, 'MFAPHRASEA') === answer(program)),
    );
    if (!isRight) return 3001;
  }
  return 0;
}

export function newTenant(institution: SandboxInstitution): Tenant {
  return {
    institution,
    trnuids: new Set(),
    spent: new Map(),
    confirmedUids: new Set(),
    seenUids: new Set(),
    accessKeys: new Set(),
    user: SANDBOX_USER,
    password: SANDBOX_PASSWORD,
    requests: 0,
    signons: 0,
    refusedSignons: 0,
    refusedInARow: 0,
    open: 0,
    mostOpen: 0,
    lastRequestAt: Number.NEGATIVE_INFINITY,
    hasCookie: false,
  };
}
