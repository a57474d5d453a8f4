"""Reads each file named on standard input with ofxparse, and prints its transactions as a line of JSON."""
import json
import sys
import warnings
from ofxparse import OfxParser

for path in sys.stdin:
    try:
        with warnings.catch_warnings(record=True) as said, open(path.rstrip('\n'), 'rb') as file:
            warnings.simplefilter('always')
            ofx = OfxParser.parse(file)
            rows = [
                [one.date.strftime('%Y%m%d') if one.date else '', str(one.amount), one.payee]
                for account in ofx.accounts
                if getattr(account, 'statement', None)
                for one in account.statement.transactions
                if hasattr(one, 'payee')
            ]
            told = [str(one.message) for one in said if 'ofx' in str(one.filename) and one.category is UserWarning]
            print(json.dumps({'rows': rows, 'warning': told[0] if told else None}), flush=True)
    except BaseException as error:
        print(json.dumps({'error': (str(error) or type(error).__name__)[:200]}), flush=True)
