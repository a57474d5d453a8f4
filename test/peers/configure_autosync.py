"""configure_autosync.py CONFIG URL USER PASSWORD: writes the configuration by which ledger-autosync finds all accounts that the institution lists."""
import sys
from ofxclient.config import OfxConfig
from ofxclient.institution import Institution

path, url, user, password = sys.argv[1:5]
bank = Institution(id='2002', org='MEADOW', url=url, username=user, password=password, description='Meadow', client_args=dict(ofx_version='103', id='f' * 32))
bank.authenticate()
config = OfxConfig(file_name=path)
for account in bank.accounts():
    config.add_account(account)
config.save()
# Without a keyring the two secrets are left as place-holders.
text = open(path).read()
text = text.replace('institution.username = %{secured}', 'institution.username = ' + user)
text = text.replace('institution.password = %{secured}', 'institution.password = ' + password)
open(path, 'w').write(text)
