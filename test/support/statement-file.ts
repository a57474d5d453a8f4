/** Statement files as a bank offers them for download, for tests that need certain transactions. */

export interface FileTransaction {
  readonly fitid: string;
  readonly amount: string;
  /** YYYYMMDD */
  readonly on: string;
  readonly name?: string;
  readonly more?: string;
}

export interface FileOptions {
  readonly from?: string;
  readonly to?: string;
  readonly balance?: string;
  readonly asOf?: string;
  readonly account?: string;
}

export function bankFile(transactions: readonly FileTransaction[], options: FileOptions = {}): string {
  const { from = '20261101', to = '20261120', balance = '0.00', asOf = to, account = '5555' } = options;
  const list = transactions.map(
    ({ fitid, amount, on, name = 'SHOP', more = '' }) =>
      `<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>${on}<TRNAMT>${amount}<FITID>${fitid}<NAME>${name}${more}</STMTTRN>\n`,
  );
  return `OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nSECURITY:NONE\nENCODING:USASCII\nCHARSET:1252\nCOMPRESSION:NONE\nOLDFILEUID:NONE\nNEWFILEUID:NONE\n\n<OFX><SIGNONMSGSRSV1><SONRS><STATUS><CODE>0<SEVERITY>INFO</STATUS><DTSERVER>${to}120000<LANGUAGE>ENG</SONRS></SIGNONMSGSRSV1><BANKMSGSRSV1><STMTTRNRS><TRNUID>1<STATUS><CODE>0<SEVERITY>INFO</STATUS><STMTRS><CURDEF>USD<BANKACCTFROM><BANKID>011000015<ACCTID>${account}<ACCTTYPE>CHECKING</BANKACCTFROM><BANKTRANLIST><DTSTART>${from}<DTEND>${to}\n${list.join('')}</BANKTRANLIST><LEDGERBAL><BALAMT>${balance}<DTASOF>${asOf}</LEDGERBAL></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>\n`;
}

/** An institution whose statements come from files, with one account. */
export const FILES_CONFIG = `institutions:
  - name: nodc
    files: downloads/*.qfx
    accounts: [{ name: joint, kind: checking, id: "5555", routing: "011000015" }]
`;
