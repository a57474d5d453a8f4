/** The programs that download. */
import { aqbanking } from './aqbanking.mjs';
import { banking } from './banking.mjs';
import { ledgerAutosync } from './ledger-autosync.mjs';
import { ofxSync } from './ofx-sync.mjs';
import { ofxclient } from './ofxclient.mjs';

export const CLIENTS = [ofxSync, ofxclient, ledgerAutosync, aqbanking, banking];
