/** A request for one statement, as short as the bank of the benchmarks understands it. */
export function requestText() {
  return `OFXHEADER:100\r\nDATA:OFXSGML\r\n\r\n<OFX><BANKMSGSRQV1><STMTTRNRQ><TRNUID>1</TRNUID><STMTRQ><BANKACCTFROM><BANKID>1<ACCTID>0000<ACCTTYPE>CHECKING</BANKACCTFROM></STMTRQ></STMTTRNRQ></BANKMSGSRQV1></OFX>`;
}
