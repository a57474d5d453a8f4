"""download_with_ofxclient.py URL USER PASSWORD: ofxclient signs on, lists the accounts and downloads 30 days of each; prints id|amount|fitid."""
import sys
from ofxclient.institution import Institution

url, user, password = sys.argv[1:4]
bank = Institution(id='2002', org='MEADOW', url=url, username=user, password=password, description='Test', client_args=dict(ofx_version='103', id='f' * 32))
bank.authenticate()
for account in bank.accounts():
    statement = account.statement(days=30)
    for transaction in statement.transactions:
        print('|'.join([account.number, str(transaction.amount), transaction.id]))
