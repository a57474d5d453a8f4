/** Errors of an answer, in both versions of the protocol. */

import type { Bridge, BridgeAccount, BridgeConnection } from './bridges.js';
import type { BridgeMisbehaviour } from './faults.js';

export interface Problem {
  readonly code: string;
  readonly msg: string;
  readonly conn_id?: string;
  readonly account_id?: string;
  /** Its words in version 1, where they are others. */
  readonly old?: string;
}

export interface BridgeFailures {
  readonly problems: readonly Problem[];
  /** Connections whose accounts are as they were some days ago. */
  readonly stale: ReadonlySet<string>;
  /** Connections and accounts that are absent. */
  readonly absent: ReadonlySet<string>;
  /** Accounts with missing transactions. */
  readonly gaps: ReadonlySet<string>;
}

/** Returns the failures that an address asks for. */
export function failuresOf(bridge: Bridge, misbehaviour: BridgeMisbehaviour): BridgeFailures {
  const { connections } = bridge;
  const accounts = connections.flatMap((connection) => connection.accounts);
  const connection = connections.find(({ id }) => id === misbehaviour.connection) ?? connections[0];
  const account = accounts.find(({ id }) => id === misbehaviour.account) ?? accounts[0];
  const found = misbehaviour.faults.flatMap((fault) => {
    const problem = connection === undefined || account === undefined ? null : problemOf(fault, connection, account);
    return problem === null ? [] : [{ fault, problem }];
  });
  const idsOf = (...names: string[]) =>
    new Set(
      found.flatMap(({ fault, problem }) =>
        names.includes(fault) ? [problem.account_id ?? problem.conn_id ?? ''] : [],
      ),
    );
  return {
    problems: found.map(({ problem }) => problem),
    stale: idsOf('con-auth'),
    absent: idsOf('con-failed', 'act-failed'),
    gaps: idsOf('missing-days'),
  };
}

function problemOf(fault: string, { id, name, org }: BridgeConnection, account: BridgeAccount): Problem | null {
  switch (fault) {
    case 'con-auth':
      // Actual Budget and Home Assistant look for the words of version 1.
      return {
        code: 'con.auth',
        msg: `Authentication failed for ${name}`,
        conn_id: id,
        old: `Connection to ${org.name} may need attention`,
      };
    case 'con-failed':
      return { code: 'con.', msg: `${name} did not answer. Try again later.`, conn_id: id };
    case 'con-new-code':
      return { code: 'con.moved', msg: `${name} has a new website`, conn_id: id };
    case 'act-failed':
      return {
        code: 'act.failed',
        msg: `Failed to get ${account.name}. Try again later.`,
        account_id: account.id,
      };
    case 'missing-days':
      return {
        code: 'act.missingdata',
        msg: `Failed to get all transactions of ${account.name}. Try again later.`,
        account_id: account.id,
      };
    default:
      return null;
  }
}
