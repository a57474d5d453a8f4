/** A reply with a bank, a card, an investment and a loan statement in which every field that the reader knows is written. */

type Fields = Readonly<Record<string, string>>;

const STATUS: Fields = { CODE: '0', SEVERITY: 'INFO', MESSAGE: 'ok' };
const TRANSACTION: Fields = {
  TRNTYPE: 'DEBIT',
  DTPOSTED: '20261118',
  DTUSER: '20261117',
  DTAVAIL: '20261119',
  TRNAMT: '-12.34',
  FITID: '1',
  CORRECTFITID: '0',
  CORRECTACTION: 'REPLACE',
  SRVRTID: 's1',
  CHECKNUM: '7',
  REFNUM: 'r',
  SIC: '5411',
  NAME: 'SHOP',
  EXTDNAME: 'SHOP AND MORE',
  MEMO: 'm',
  OWN: 'o',
};
const PAYEE: Fields = {
  NAME: 'SHOP',
  ADDR1: 'Street 1',
  ADDR2: 'House',
  ADDR3: 'Floor',
  CITY: 'Town',
  STATE: 'CA',
  POSTALCODE: '12345',
  COUNTRY: 'USA',
  PHONE: '555',
};
const CURRENCY: Fields = { CURRATE: '0.9', CURSYM: 'CAD' };
const BALANCE: Fields = { BALAMT: '500.00', DTASOF: '20261120' };
const SECURITY: Fields = { UNIQUEID: 'US0000000001', UNIQUEIDTYPE: 'ISIN' };
const ACCOUNT: Fields = { BANKID: '121000248', BRANCHID: '1', ACCTID: '000123456', ACCTTYPE: 'CHECKING' };
const PERIOD: Fields = { DTSTART: '20261101', DTEND: '20261120' };

interface Writer {
  /** Writes fields, each perhaps with another value. */
  fields(place: string, values: Fields): string;
}

const element = (name: string, ...content: string[]) => `<${name}>\n${content.join('')}</${name}>\n`;

function statement({ fields }: Writer, place: string, { reply, account, list, item }: Fields): string {
  const transaction = element(
    item ?? '',
    fields(place, TRANSACTION),
    element('PAYEE', fields(`${place}.PAYEE`, PAYEE)),
    element('ORIGCURRENCY', fields(`${place}.ORIGCURRENCY`, CURRENCY)),
    element('BANKACCTTO', fields(`${place}.BANKACCTTO`, ACCOUNT)),
  );
  const balance = element('BAL', fields(`${place}.BAL`, { NAME: 'b', DESC: 'd', VALUE: '1.00', DTASOF: '20261120' }));
  const body = [
    fields(place, { CURDEF: 'USD', MKTGINFO: 'm' }),
    element(account ?? '', fields(`${place}.${account}`, ACCOUNT)),
    element(list ?? '', fields(`${place}.${list}`, PERIOD), transaction),
    element('LEDGERBAL', fields(`${place}.LEDGERBAL`, BALANCE)),
    element('AVAILBAL', fields(`${place}.AVAILBAL`, BALANCE)),
    element('BALLIST', balance),
  ];
  return wrapped({ fields }, place, reply ?? '', body.join(''));
}

function wrapped({ fields }: Writer, place: string, reply: string, body: string): string {
  const wrapper = reply.replace(/RS$/, 'TRNRS');
  const status = element('STATUS', fields(`${place}.STATUS`, STATUS));
  return element(wrapper, fields(place, { TRNUID: '1' }), status, element(reply, body));
}

const POSITION: Fields = {
  HELDINACCT: 'CASH',
  POSTYPE: 'LONG',
  UNITS: '10.5',
  UNITPRICE: '12.50',
  MKTVAL: '131.25',
  DTPRICEASOF: '20261120',
  INV401KSOURCE: 'MATCH',
  MEMO: 'm',
};
const PURCHASE: Fields = {
  UNITS: '1.5',
  UNITPRICE: '2.25',
  COMMISSION: '1.00',
  FEES: '0.10',
  TAXES: '0.20',
  LOAD: '0.30',
  WITHHOLDING: '0.40',
  TOTAL: '-3.38',
  SUBACCTSEC: 'CASH',
  SUBACCTFUND: 'CASH',
};
const CASH: Fields = { AVAILCASH: '5.00', MARGINBALANCE: '0.00', SHORTBALANCE: '0.00', BUYPOWER: '8.00' };

function investment({ fields }: Writer): string {
  const trade = { FITID: '1', SRVRTID: 's', DTTRADE: '20261118', DTSETTLE: '20261120', MEMO: 'm' };
  const purchase = element(
    'INVBUY',
    element('INVTRAN', fields('INVTRAN', trade)),
    element('SECID', fields('BUY.SECID', SECURITY)),
    fields('INVBUY', PURCHASE),
  );
  const split = { UNITS: '3', NUMERATOR: '2', DENOMINATOR: '1', FRACCASH: '0.10', SUBACCTSEC: 'CASH' };
  const splitting = element(
    'SPLIT',
    element('INVTRAN', fields('SPLIT.INVTRAN', { ...trade, FITID: '2' })),
    element('SECID', fields('SPLIT.SECID', SECURITY)),
    fields('SPLIT', split),
  );
  const order = element('OOBUYSTOCK', element('OO', fields('OO', { FITID: '3', DTPLACED: '20261118', UNITS: '1' })));
  const body = [
    fields('INVSTMTRS', { DTASOF: '20261120', CURDEF: 'USD' }),
    element('INVACCTFROM', fields('INVACCTFROM', { BROKERID: 'harbor.example', ACCTID: '77-1234' })),
    element(
      'INVTRANLIST',
      fields('INVTRANLIST', PERIOD),
      element('BUYSTOCK', purchase, fields('BUYSTOCK', { BUYTYPE: 'BUY' })),
      splitting,
    ),
    element(
      'INVPOSLIST',
      element(
        'POSSTOCK',
        element('INVPOS', element('SECID', fields('POS.SECID', SECURITY)), fields('INVPOS', POSITION)),
      ),
    ),
    element('INVBAL', fields('INVBAL', CASH)),
    element('INVOOLIST', order),
    element('INV401KBAL', fields('INV401KBAL', { CASHBAL: '1.00', PRETAX: '2.00', TOTAL: '3.00' })),
  ];
  const info = { SECNAME: 'ACME', TICKER: 'ACM', UNITPRICE: '12.50', DTASOF: '20261120', MEMO: 'm' };
  const security = element('SECINFO', element('SECID', fields('SECID', SECURITY)), fields('SECINFO', info));
  return [
    element('INVSTMTMSGSRSV1', wrapped({ fields }, 'INVSTMT', 'INVSTMTRS', body.join(''))),
    element(
      'SECLISTMSGSRSV1',
      element('SECLIST', element('STOCKINFO', security, fields('STOCKINFO', { YIELD: '1.5' }))),
    ),
  ].join('');
}

function closing({ fields }: Writer): string {
  const closed = {
    FITID: 'C1',
    DTOPEN: '20261001',
    DTCLOSE: '20261031',
    BALOPEN: '1.00',
    BALCLOSE: '2.00',
    MINPMTDUE: '25.00',
    DTPMTDUE: '20261125',
    CREDITLIMIT: '5000',
  };
  const account = element('CCACCTFROM', fields('CCSTMTEND.CCACCTFROM', { ACCTID: '4111111111111111' }));
  return wrapped(
    { fields },
    'CCSTMTEND',
    'CCSTMTENDRS',
    `<CURDEF>USD\n${account}${element('CCCLOSING', fields('CCCLOSING', closed))}`,
  );
}

function write(writer: Writer): string {
  const { fields } = writer;
  const server = { DTSERVER: '20261120120000', LANGUAGE: 'ENG', SESSCOOKIE: 'c', ACCESSKEY: 'k', USERKEY: 'u' };
  const institution = element('FI', fields('FI', { ORG: 'RIVER', FID: '1001' }));
  const kind = (reply: string, account: string, list: string, item: string) =>
    statement(writer, reply, { reply, account, list, item });
  const header = fields('header', { VERSION: '102', ENCODING: 'USASCII', CHARSET: '1252', NEWFILEUID: 'NONE' });
  return [
    `OFXHEADER:100\n${header.replace(/^<(\w+)>/gm, '$1:')}\n<OFX>\n`,
    element(
      'SIGNONMSGSRSV1',
      element('SONRS', element('STATUS', fields('SONRS.STATUS', STATUS)), fields('SONRS', server), institution),
    ),
    element('BANKMSGSRSV1', kind('STMTRS', 'BANKACCTFROM', 'BANKTRANLIST', 'STMTTRN')),
    element('CREDITCARDMSGSRSV1', kind('CCSTMTRS', 'CCACCTFROM', 'BANKTRANLIST', 'STMTTRN'), closing(writer)),
    element('LOANMSGSRSV1', kind('LOANSTMTRS', 'LOANACCTFROM', 'LOANTRANLIST', 'LOANSTMTTRN')),
    investment(writer),
    '</OFX>\n',
  ].join('');
}

/** Names of all fields: the place in the reply, and the element. */
export function fieldsOfReply(): readonly string[] {
  const names: string[] = [];
  fullReply((name) => {
    names.push(name);
    return null;
  });
  return names;
}

/** Writes the reply; `valueIn` gives a field another value, or `null` for the usual one. */
export function fullReply(valueIn: (name: string) => string | null = () => null): string {
  const fields = (place: string, values: Fields) =>
    Object.entries(values)
      .map(([name, value]) => `<${name}>${valueIn(`${place}.${name}`) ?? value}\n`)
      .join('');
  return write({ fields });
}
