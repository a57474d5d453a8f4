/**
 * Gives a statement of an account set what only the configuration knows: the kind of the account. An account set names no kinds,
 * and the balance of an account with securities is what all of it is worth, which no sum of bookings explains.
 */

import type { Account } from '../model/account.js';
import { type IsoDate, later } from '../model/dates.js';
import { subtract, sum } from '../model/money.js';
import { unreadCount } from '../model/notice.js';
import type { Statement } from '../model/statement.js';

/** Returns the statement as one of the account; one that names its kind is returned as it is. */
export function asStatementOf(statement: Statement, account: Account, from: IsoDate | undefined): Statement {
  if (statement.account?.anyKind !== true) return statement;
  const { kind, id, routing, branch, brokerId, accountType } = account;
  const named = {
    ...statement,
    kind,
    account: { kind, id, routing, branch, brokerId, accountType },
    period: periodOf(statement, from),
    // Requests begin at midnight in UTC, by which days are counted too.
    ...(from === undefined ? {} : { wholeDays: true as const }),
  };
  return kind === 'investment' ? withWorth(named) : withoutPositions(named);
}

/** The days up to the one on which the bridge saw the account last: of later ones it knows nothing yet. */
function periodOf({ transactions, ledgerBalance }: Statement, from: IsoDate | undefined): Statement['period'] {
  const days = transactions.flatMap(({ pending, postedOn }) => (pending ? [] : [postedOn]));
  const [to] = [...days, ...(ledgerBalance?.asOf == null ? [] : [ledgerBalance.asOf])].toSorted().toReversed();
  return from === undefined || to === undefined ? null : { from, to: later(from, to) };
}

/**
 * The rest of what an account is worth, beside its securities, is cash: known when the value of each of them is. A bridge that names
 * no securities may not know them: the balance stays what it is.
 */
function withWorth(statement: Statement): Statement {
  const { ledgerBalance: worth, balances, positions } = statement;
  if (worth === null || positions.length === 0) return statement;
  const { amount, currency, asOf } = worth;
  const named = { name: 'balance', description: 'value of the account', amount, currency, asOf };
  const values = positions.map((one) => (one.currency === currency ? one.marketValue : null));
  const isKnown = values.every((one) => one !== null) && unreadCount(statement.notices) === 0;
  const available = isKnown ? subtract(amount, sum(values.filter((one) => one !== null))) : null;
  return {
    ...statement,
    ledgerBalance: null,
    availableBalance: null,
    balances: [...balances, named],
    cash: available === null ? null : { available, margin: null, short: null, buyingPower: null },
  };
}

function withoutPositions(statement: Statement): Statement {
  if (statement.positions.length === 0) return statement;
  const notice = {
    code: 'holdings-skipped',
    message: `securities of an account of kind ${statement.kind} were skipped; if it has any, set kind: investment`,
  };
  return { ...statement, positions: [], notices: [...statement.notices, notice] };
}
