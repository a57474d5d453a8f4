"""
Feeds the files of each account, one JSON list of paths a line, to ledger-autosync's own synchronizer, and prints the
transactions that it would have appended as a line of JSON. Its ledger is replaced by a table of the ids that it has written,
compared as `ledger meta ofxid=…` does: a part of an id is enough.
"""
import json
import sys
from ledgerautosync.converter import Converter
from ledgerautosync.sync import OfxSynchronizer


class WrittenIds:
    def __init__(self):
        self.text = ''

    def check_transaction_by_id(self, key, value):
        return Converter.clean_id(value).lower() in self.text

    def add(self, value):
        self.text += Converter.clean_id(value).lower() + '\n'


for line in sys.stdin:
    written = WrittenIds()
    synchronizer = OfxSynchronizer(written)
    kept, refused = [], 0
    for path in json.loads(line):
        try:
            account = OfxSynchronizer.parse_file(path).account
            fresh = synchronizer.filter(account.statement.transactions, account.account_id)
        except Exception:
            refused += 1
            continue
        for one in fresh:
            written.add('1001.%s.%s' % (account.account_id, one.id))
            kept.append([one.date.strftime('%Y-%m-%d'), str(one.amount), one.payee, one.memo])
    print(json.dumps({'kept': kept, 'refused': refused}), flush=True)
