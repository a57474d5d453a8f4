/** download_with_banking.cjs MODULE URL USER PASSWORD START: npm's banking lists the accounts and downloads each since START (YYYYMMDD); prints account|amount|fitid. */
const [, , modulePath, url, user, password, start] = process.argv;
const Banking = require(modulePath);

const common = { fid: '2002', fidOrg: 'MEADOW', url, user, password, ofxVer: '103' };
const list = (value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]);

new Banking({ ...common, clientId: 'f'.repeat(32) }).getAccounts((error, found) => {
  if (error) throw error;
  const reply = found.body.OFX.SIGNUPMSGSRSV1.ACCTINFOTRNRS.ACCTINFORS;
  for (const info of list(reply.ACCTINFO)) {
    const bank = info.BANKACCTINFO?.BANKACCTFROM;
    const account = bank ?? info.CCACCTINFO.CCACCTFROM;
    const how = bank === undefined ? { accType: 'CREDITCARD' } : { accType: bank.ACCTTYPE, bankId: bank.BANKID };
    const client = new Banking({ ...common, ...how, accId: account.ACCTID });
    client.getStatement({ start, end: '20991231' }, (failure, statement) => {
      if (failure) throw failure;
      const ofx = statement.body.OFX;
      const transactions =
        ofx.BANKMSGSRSV1?.STMTTRNRS.STMTRS.BANKTRANLIST ?? ofx.CREDITCARDMSGSRSV1.CCSTMTTRNRS.CCSTMTRS.BANKTRANLIST;
      for (const { TRNAMT, FITID } of list(transactions.STMTTRN)) console.log(`${account.ACCTID}|${TRNAMT}|${FITID}`);
    });
  }
});
