/** The list of accounts of a login: ACCTINFORS. */

import { leaves, type Tree } from './elements.js';
import type { SandboxAccount, SandboxInstitution } from './institutions.js';

export function accountList(institution: SandboxInstitution, faults: ReadonlySet<string>): Tree {
  const infos = accountsOf(institution, faults).map((account): Tree => {
    const isLast = account.id === institution.accounts.at(-1)?.id;
    const status = faults.has('list-inactive') && isLast ? 'AVAIL' : 'ACTIVE';
    const service = leaves({ SUPTXDL: 'Y', XFERSRC: 'N', XFERDEST: 'N', SVCSTATUS: status });
    const id = faults.has('list-masked') ? account.id.replace(/.(?=.{4})/g, 'X') : account.id;
    return ['ACCTINFO', [['DESC', account.description], detail({ ...account, id }, institution, service)]];
  });
  return ['ACCTINFORS', [['DTACCTUP', '20190101000000'], ...infos]];
}

function accountsOf({ accounts }: SandboxInstitution, faults: ReadonlySet<string>): SandboxAccount[] {
  if (faults.has('list-none')) return [];
  const checking = { kind: 'checking', routing: '026009593' } as const;
  return [
    ...accounts,
    ...(faults.has('list-twice') ? accounts : []),
    ...(faults.has('list-no-id') ? [{ ...checking, id: '', description: 'Opened Yesterday' }] : []),
    ...(faults.has('list-banks') ? [{ ...checking, id: '0099887766', description: 'Acquired Bank Checking' }] : []),
  ];
}

function detail(account: SandboxAccount, { brokerId = '' }: SandboxInstitution, service: readonly Tree[]): Tree {
  const id: Tree = ['ACCTID', account.id];
  switch (account.kind) {
    case 'investment': {
      const from: Tree = ['INVACCTFROM', [['BROKERID', brokerId], id]];
      const status = service.filter(([name]) => name === 'SVCSTATUS');
      return ['INVACCTINFO', [from, ['USPRODUCTTYPE', 'OTHER'], ['CHECKING', 'N'], ...status]];
    }
    case 'loan': {
      const from = leaves({ LOANACCTID: account.id, LOANACCTTYPE: 'MORTGAGE' });
      return ['LOANACCTINFO', [['LOANACCTFROM', from], ...service]];
    }
    case 'creditcard':
      return ['CCACCTINFO', [['CCACCTFROM', [id]], ...service]];
    default: {
      const type: Tree = ['ACCTTYPE', account.kind.toUpperCase()];
      return ['BANKACCTINFO', [['BANKACCTFROM', [['BANKID', account.routing ?? ''], id, type]], ...service]];
    }
  }
}
