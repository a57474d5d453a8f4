/** Replies as received, compressed, for as long as the configuration keeps them. */

import { deflateSync, inflateSync } from 'node:zlib';
import { isIsoDate } from '../model/dates.js';
import type { KeptReply, Reply, ReplyContext } from '../ports.js';
import { parsedObject } from './damage.js';
import { type Database, numberOf, type Row, stringOf, textOf } from './database.js';

export function keepReply(db: Database, reply: Reply, { runId, institution, at, wanted }: ReplyContext): void {
  const asked = wanted.map(({ account, trnuid, from, to, limit }) => ({
    account: account.name,
    trnuid,
    from,
    to,
    limit: limit ?? null,
  }));
  db.insert('replies', {
    run: runId,
    institution,
    received_at: at.toISOString(),
    origin: reply.origin,
    http_status: reply.httpStatus,
    asked: JSON.stringify(asked),
    body: reply.packed ?? deflateSync(reply.body),
  });
}

/** Removes the replies from before an instant. Those with something unread stay, unless even these are not to be kept. */
export function dropReplies(db: Database, before: Date, { evenUnread = false } = {}): void {
  const isUnread = `EXISTS (SELECT 1 FROM unread u JOIN accounts a ON a.id = u.account
    WHERE u.received_at = r.received_at AND u.run IS r.run AND u.origin IN ('', r.origin) AND r.institution IN ('', a.institution))`;
  const which = evenUnread ? '' : ` AND NOT ${isUnread}`;
  db.run(`DELETE FROM replies AS r WHERE r.received_at < ?${which}`, before.toISOString());
}

/** Reads the replies since an instant, oldest first, one at a time. */
export function* readReplies(db: Database, since: Date): Iterable<KeptReply> {
  const ids = db.all('SELECT id FROM replies WHERE received_at >= ? ORDER BY received_at, id', since.toISOString());
  for (const { id } of ids) {
    const row = db.get('SELECT * FROM replies WHERE id = ?', id ?? null);
    if (row !== null) yield keptReply(row);
  }
}

function keptReply(row: Row): KeptReply {
  const body = row['body'];
  return {
    runId: row['run'] === null ? null : numberOf(row['run']),
    institution: stringOf(row['institution']),
    at: new Date(stringOf(row['received_at'])),
    asked: askedOf(textOf(row['asked']) ?? '[]'),
    reply: {
      body: body instanceof Uint8Array ? inflated(body) : new Uint8Array(),
      httpStatus: numberOf(row['http_status']),
      origin: stringOf(row['origin']),
    },
  };
}

/** A damaged reply is as good as an empty one: it holds no statement. */
function inflated(body: Uint8Array): Uint8Array {
  try {
    return inflateSync(body);
  } catch {
    return new Uint8Array();
  }
}

function askedOf(json: string): KeptReply['asked'] {
  const list = parsedObject(json);
  if (!Array.isArray(list)) return [];
  return list.flatMap((one: unknown) => {
    if (typeof one !== 'object' || one === null) return [];
    const { account, trnuid, from, to, limit } = one as Readonly<Record<string, unknown>>;
    if (typeof account !== 'string' || typeof trnuid !== 'string' || !isDay(from)) return [];
    return [{ account, trnuid, from, to: isDay(to) ? to : null, limit: isDay(limit) ? limit : null }];
  });
}

function isDay(value: unknown): value is KeptReply['asked'][number]['from'] {
  return typeof value === 'string' && isIsoDate(value);
}
