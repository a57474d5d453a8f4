/**
 * The founding workloads: how near downloading everything at once comes to its ideal. Real HTTP on loopback; each institution
 * answers after a time of its own. Ratios are against the ideal of the same run, or against one after another.
 */
import { createServer } from 'node:http';
import { Secret } from '../../dist/model/secret.js';
import { parseOfx } from '../../dist/ofx/read.js';
import { Connections, directConnect } from '../../dist/sources/direct-connect.js';
import { downloadAll } from '../../dist/sync/download.js';
import { createLimiter } from '../../dist/sync/limiter.js';
import { generator, wholeDownloadBench } from './whole/downloads.mjs';

export async function downloadBench() {
  const rows = [];
  const six = await measure({
    institutions: [300, 400, 500, 600, 800, 1000].map((ms) => [ms]),
    concurrency: 10,
    perInstitution: 1,
  });
  rows.push({
    name: 'six accounts of 0.3 to 1 s, all at once',
    value: six.ms,
    unit: 'ms',
    ratio: six.ms / 1000,
    against: 'the longest',
  });
  rows.push({
    name: '  … one after another',
    value: six.sequentialMs,
    unit: 'ms',
    ratio: six.sequentialMs / six.ms,
    against: 'all at once',
  });

  const many = await measure({
    institutions: Array.from({ length: 400 }, () => [150]),
    concurrency: 50,
    perInstitution: 1,
  });
  const ideal = (400 / 50) * 150;
  rows.push({
    name: '400 institutions of 150 ms through 50 slots',
    value: many.ms,
    unit: 'ms',
    ratio: many.ms / ideal,
    against: 'the ideal',
  });

  const random = generator(7);
  const delays = Array.from({ length: 500 }, () => 5 + Math.floor(random() * 90));
  const one = await measure({ institutions: [delays], concurrency: 50, perInstitution: 4 });
  const best = delays.reduce((sum, ms) => sum + ms, 0) / 4;
  rows.push({
    name: '500 accounts of one institution, 4 at once, random latencies',
    value: one.ms,
    unit: 'ms',
    ratio: one.ms / best,
    against: 'the ideal',
  });
  for (const { inOrder } of [six, many, one])
    if (!inOrder) throw new Error('an account got another account’s statement');
  return [...rows, ...(await wholeDownloadBench())];
}

/** `institutions`: for each, the latency of each of its accounts. */
async function measure({ institutions, concurrency, perInstitution }) {
  const serve = async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const id = /<ACCTID>(\d+)/.exec(body)?.[1] ?? '';
    const [institution, account] = [Number(id.slice(0, 4)), Number(id.slice(4))];
    setTimeout(
      () => response.end(statement(id, /<TRNUID>([^<\r\n]+)/.exec(body)?.[1] ?? '')),
      institutions[institution][account],
    );
  };
  const server = createServer((request, response) => void serve(request, response));
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const jobs = institutions.map((accounts, index) => job(index, accounts.length, server.address().port));
  const delivered = new Map();
  const connections = new Connections();
  const sources = new Map(
    jobs.map(({ institution }) => [
      institution.name,
      directConnect(institution, {
        connections,
        stamp,
        now: () => new Date(),
        resolveUrl: async (url) => url,
        sleep: async () => {},
      }),
    ]),
  );
  const started = performance.now();
  const sequentialMs = await downloadAll(
    jobs,
    {
      retries: 0,
      timeoutMs: 60_000,
      timeoutForAll: false,
      perInstitution,
      signal: new AbortController().signal,
      today: '2026-11-20',
    },
    {
      limiter: createLimiter({ concurrency, perKey: perInstitution }),
      read: async (bytes) => parseOfx(bytes),
      newUid: () => crypto.randomUUID(),
      random: Math.random,
      now: () => new Date(),
      sleep: async () => {},
      onReply: () => {},
      onState: () => {},
      sourceFor: async ({ name }) => sources.get(name),
      resolveLogin: async (institution) => ({
        institution,
        userId: new Secret('u'),
        password: new Secret('p'),
        clientUid: null,
      }),
      guard: {
        blocked: () => null,
        isAccepted: () => true,
        mustConfirm: () => false,
        present: (_login, { inSlot, send, signal }) => inSlot(() => send({ signal, mayResend: async () => true })),
      },
      deliver: (delivery) => delivered.set(delivery.wanted.account, delivery),
    },
  );
  const ms = performance.now() - started;
  await connections.close();
  server.closeAllConnections();
  server.close();
  const inOrder = jobs.every(({ wanted }) =>
    wanted.every(({ account }) => delivered.get(account)?.statement?.account.id === account.id),
  );
  return { ms, sequentialMs, inOrder };
}

function job(index, count, port) {
  const name = `i${index}`;
  const accounts = Array.from({ length: count }, (_, account) => ({
    institution: name,
    name: `a${account}`,
    accountKind: 'checking',
    kind: 'bank',
    id: String(index).padStart(4, '0') + account,
    routing: '1',
    branch: null,
    brokerId: null,
    accountType: 'CHECKING',
  }));
  const institution = {
    name,
    url: `http://127.0.0.1:${port}/`,
    files: null,
    org: null,
    fid: null,
    userId: null,
    password: null,
    clientUid: null,
    accounts,
    quirks: { ofxVersion: '203', accountsPerRequest: 1 },
    timeoutMs: null,
    perInstitution: null,
    ca: null,
    proxy: null,
  };
  return { institution, wanted: accounts.map((account) => ({ account, from: '2026-11-01', to: null })) };
}

function stamp() {
  return { now: new Date(), zoneMinutes: 0, newUid: () => crypto.randomUUID() };
}

function statement(id, trnuid) {
  return `<?xml version="1.0"?><?OFX OFXHEADER="200" VERSION="203" SECURITY="NONE" OLDFILEUID="NONE" NEWFILEUID="NONE"?><OFX><SIGNONMSGSRSV1><SONRS><STATUS><CODE>0</CODE><SEVERITY>INFO</SEVERITY></STATUS><DTSERVER>20261120</DTSERVER><LANGUAGE>ENG</LANGUAGE></SONRS></SIGNONMSGSRSV1><BANKMSGSRSV1><STMTTRNRS><TRNUID>${trnuid}</TRNUID><STATUS><CODE>0</CODE><SEVERITY>INFO</SEVERITY></STATUS><STMTRS><CURDEF>USD</CURDEF><BANKACCTFROM><BANKID>1</BANKID><ACCTID>${id}</ACCTID><ACCTTYPE>CHECKING</ACCTTYPE></BANKACCTFROM><LEDGERBAL><BALAMT>1.00</BALAMT><DTASOF>20261120</DTASOF></LEDGERBAL></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>`;
}
