/**
 * Statements from a SimpleFIN bridge: `GET /accounts` below the root that the access URL names, with HTTP Basic. One request
 * brings all accounts of a window; the answers to several windows are kept as one reply, each on a line of its own.
 */

import { HttpError, OfxError, type OfxSyncError, SecretError, toOfxSyncError } from '../errors.js';
import { type IsoDate, localDate } from '../model/dates.js';
import type { Institution } from '../model/institution.js';
import { replacementStep, type SecretReference } from '../model/secret.js';
import { shellWord } from '../model/shell-word.js';
import { webPage } from '../ofx/unpack/web-page.js';
import type { FetchContext, Login, Reply, Shortage, StatementRequest, StatementSource } from '../ports.js';
import { type Access, type AccessProblem, readAccess } from '../simplefin/access.js';
import { LIST_PARAMETERS, type Piece, parametersOf, piecesOf } from '../simplefin/query.js';
import { readAccountSets } from '../simplefin/read.js';
import { bridgeError } from '../simplefin/status.js';
import { Connections, type Route, tlsSettings } from './connections.js';
import { dispatched } from './dispatched.js';
import { type ExchangedReply, exchange, type Reception, targetOf } from './exchange.js';
import { type Destination, destinationOf, httpError, pageError } from './failures.js';
import type { HttpClientOptions } from './http-client.js';
import { maskedReply } from './masked-reply.js';
import { proxyFor } from './proxy.js';

export interface SimplefinOptions extends Omit<HttpClientOptions, 'sleep'> {
  readonly count: RequestCount;
}

/** The limit of requests that a bridge answers. */
interface RequestCount {
  /** @throws OfxSyncError, before any is sent, when that many requests may not follow. */
  readonly require: (login: Login, requests: number) => void;
  /** Returns the number of requests that may follow now. */
  readonly free: (login: Login) => number;
  /** Records a request that is about to be sent. @returns a function that takes it back when it was not sent. */
  readonly record: (login: Login) => () => void;
}

/** A request with the days that it is for; without days it is for the list of accounts. */
interface Planned {
  readonly parameters: string;
  readonly piece: Piece | null;
}

/**
 * Requests of a day that stay free for what all accounts want: timers sync a bridge every 3 hours. Else one account that asks for
 * all of its history again at each sync would use up what the others need.
 */
const RESERVED = 8;

/** Creates the source of one institution; its connections are kept for the next request of the same run. */
export function simplefinSource(institution: Institution, options: SimplefinOptions): StatementSource {
  const connections = options.connections ?? new Connections();
  const bridge = new Bridge(institution, options, connections);
  return {
    kind: 'simplefin',
    fetch: async (request, context) => {
      const ids = request.wanted.map(({ account }) => account.id);
      const pieces = piecesOf(request.wanted, localDate(options.now()));
      return bridge.get(
        request.login,
        pieces.map((piece) => ({ parameters: parametersOf(piece, ids), piece })),
        context,
      );
    },
    inquire: async (inquiry, context) => {
      if (inquiry.kind !== 'accounts')
        throw new OfxError('OFX_UNREADABLE', `${institution.name} is a SimpleFIN bridge, and answers nothing else`);
      return bridge.get(inquiry.login, [{ parameters: LIST_PARAMETERS, piece: null }], context);
    },
    preview: (request) => previewOf(request, localDate(options.now())),
    close: async () => {
      if (options.connections === undefined) await connections.close();
    },
  };
}

function previewOf({ wanted }: Pick<StatementRequest, 'wanted'>, today: IsoDate): string {
  const ids = wanted.map(({ account }) => account.id);
  return piecesOf(wanted, today)
    .map((piece) => `GET ACCESS-URL/accounts?${parametersOf(piece, ids)}\n`)
    .join('');
}

class Bridge {
  readonly #institution: Institution;
  readonly #options: SimplefinOptions;
  readonly #connections: Connections;
  /** Answers of this run by their parameters: an attempt after a failure requests only the rest. */
  readonly #answered = new Map<string, ExchangedReply>();

  constructor(institution: Institution, options: SimplefinOptions, connections: Connections) {
    this.#institution = institution;
    this.#options = options;
    this.#connections = connections;
  }

  /** Requests the windows one after another, the newest first. */
  async get(login: Login, planned: readonly Planned[], context: FetchContext): Promise<Reply> {
    const access = await this.#accessOf(login);
    const taken = this.#affordable(login, planned);
    const bodies: Uint8Array[] = [];
    for (const { parameters } of taken) {
      const { body } = this.#answered.get(parameters) ?? (await this.#counted(login, access, parameters, context));
      bodies.push(taken.length === 1 ? body : onOneLine(body));
    }
    const whole = Buffer.concat(bodies.toReversed());
    const oldest = taken.length < planned.length ? taken.at(-1)?.piece : null;
    return {
      ...(await maskedReply(whole, context.signal, login)),
      ...(oldest == null ? {} : { shortage: shortageBefore(oldest.from, this.#institution) }),
      httpStatus: 200,
      origin: this.#institution.url === null ? `simplefin ${access.root.host}` : access.root.origin,
    };
  }

  /**
   * Returns the requests for which enough are left, the newest first. What all accounts want comes or fails as a whole; days that
   * only some of them want never take the last requests.
   * @throws OfxSyncError, before any is sent, when too few are left for all accounts.
   */
  #affordable(login: Login, planned: readonly Planned[]): readonly Planned[] {
    const { count } = this.#options;
    const isOpen = ({ parameters }: Planned) => !this.#answered.has(parameters);
    const isForAll = ({ piece }: Planned) => piece === null || piece.isForAll;
    const needed = planned.filter((one) => isForAll(one) && isOpen(one)).length;
    count.require(login, needed);
    let spare = count.free(login) - needed - RESERVED;
    const firstLeft = planned.findIndex((one) => {
      if (isForAll(one) || !isOpen(one)) return false;
      spare -= 1;
      return spare < 0;
    });
    return firstLeft === -1 ? planned : planned.slice(0, firstLeft);
  }

  /** @throws SecretError for a secret that is not an access URL; HttpError INSECURE_URL */
  async #accessOf({ password }: Login): Promise<Access> {
    const { name, url, password: reference } = this.#institution;
    const text = url === null ? password.reveal() : await this.#options.resolveUrl(url);
    const access = readAccess(text);
    if (typeof access !== 'string') return access;
    throw notAnAccessUrl(access, { name, reference });
  }

  /** Counts a request before it is sent, since a run may be killed; one that no bridge can have seen does not count. */
  async #counted(login: Login, access: Access, parameters: string, context: FetchContext): Promise<ExchangedReply> {
    const takeBack = this.#options.count.record(login);
    try {
      return await this.#request(access, parameters, context);
    } catch (error) {
      if (toOfxSyncError(error).unsent) takeBack();
      throw error;
    }
  }

  async #request(access: Access, parameters: string, context: FetchContext): Promise<ExchangedReply> {
    const { name, proxy } = this.#institution;
    const url = new URL(`${access.root.href.replace(/\/$/, '')}/accounts?${parameters}`);
    const route: Route = {
      tls: await tlsSettings(this.#institution),
      proxy: proxyFor(url, proxy, this.#options.env ?? {}),
      timeoutMs: context.timeoutMs,
    };
    const headers = {
      Accept: 'application/json',
      'Accept-Encoding': 'gzip, deflate, br',
      'User-Agent': 'ofx-sync',
      Authorization: `Basic ${Buffer.from(`${access.user}:${access.password}`).toString('base64')}`,
    };
    const dispatcher = this.#connections.for(route);
    const to = destinationOf(name, url, route);
    const request = { ...targetOf(url), method: 'GET', headers } as const;
    const send = (reception: Reception) => dispatched(dispatcher, request, reception);
    const reply = await exchange({ send, to, context, options: this.#options });
    requireAccountSet(reply, to, this.#institution);
    this.#answered.set(parameters, reply);
    return reply;
  }
}

function shortageBefore(from: IsoDate, { name }: Institution): Shortage {
  const message = `the days before ${from} were not requested: bridges answer 24 requests a day, and the last ones are for all accounts. What came of the days since then is stored`;
  const hint = `A later sync requests them again. To request them for this account alone: ofx-sync sync ${shellWord(name)}/ACCOUNT`;
  return { from, error: new HttpError('DAILY_LIMIT', message, { hint }) };
}

/** Line breaks are never inside a text of JSON. */
function onOneLine(body: Uint8Array): Uint8Array {
  return Buffer.from(`${new TextDecoder().decode(body).replace(/[\r\n]+/g, ' ')}\n`);
}

/** @throws OfxSyncError for anything but an account set. */
function requireAccountSet(reply: ExchangedReply, to: Destination, institution: Institution): void {
  const { status, body, retryAfterMs } = reply;
  const page = status >= 300 && status < 400 ? null : webPage(body);
  const bad = { ...reply, refusalText: null };
  if (page?.isGateway === true) throw pageError(page, bad, to);
  const known = bridgeError({ status, host: to.host, retryAfterMs }, institution);
  if (known !== null) throw known;
  if (status < 200 || status > 299) throw page === null ? httpError(bad, to) : pageError(page, bad, to);
  if (page !== null) throw pageError(page, bad, to);
  readAccountSets(body);
}

interface Owner {
  readonly name: string;
  readonly reference: SecretReference | null;
}

/** The error of a secret that is not an access URL, of which nothing is repeated. */
function notAnAccessUrl(problem: AccessProblem, { name, reference }: Owner): OfxSyncError {
  const step = replacementStep(reference, name);
  if (problem === 'not-encrypted')
    return new HttpError('INSECURE_URL', `${name}: the access URL is not encrypted (http:)`, {
      hint: `Access URLs are used over https: only. Ask the bridge for one, ${step}`,
    });
  const message = {
    'setup-token': `the secret of ${name} is a setup token, not an access URL`,
    'no-password': `the access URL of ${name} has no user name and password`,
    'not-an-address': `the secret of ${name} is not an access URL`,
  }[problem];
  const isInKeychain = reference?.scheme === 'keychain';
  const entry = isInKeychain ? (reference.name ?? name) : name;
  return new SecretError('ACCESS_URL_INVALID', message, {
    hint:
      problem === 'setup-token'
        ? `Claim it, which works once: ofx-sync secret set ${shellWord(entry)}, and paste the token there${isInKeychain ? '' : '; then write simplefin: keychain'}.`
        : `An access URL looks like https://USER:PASSWORD@HOST/PATH. Make a new setup token at the website of the bridge, ${step}`,
  });
}
