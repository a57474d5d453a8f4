/** What was read from one reply or file. */

import type { AccountId } from '../model/account.js';
import type { Notice } from '../model/notice.js';
import type { Secret } from '../model/secret.js';
import type { Statement, Status } from '../model/statement.js';

export interface OfxHeader {
  /** VERSION as declared, `null` without a header. */
  readonly ofxVersion: string | null;
  /** The character set that the text was really in. */
  readonly charset: string;
  /** What ENCODING and CHARSET or the XML declaration said. */
  readonly declaredCharset: string | null;
  readonly syntax: 'sgml' | 'xml';
  readonly newFileUid: string | null;
}

/** SONRS (OFX 2.2 section 2.5.1.6) */
export interface Signon {
  readonly status: Status;
  readonly org: string | null;
  readonly fid: string | null;
  /** DTSERVER, ISO 8601. */
  readonly dtServer: string | null;
  readonly language: string | null;
  readonly sessionCookie: Secret | null;
  readonly accessKey: Secret | null;
  readonly userKey: Secret | null;
}

/** ACCTINFO: an account that the login has. */
export interface AccountInfo {
  readonly account: AccountId;
  readonly description: string | null;
  /** SVCSTATUS: AVAIL, PEND, ACTIVE. */
  readonly status: string | null;
}

/** SIGNONINFO: what a signon must look like. */
export interface SignonInfo {
  readonly realm: string | null;
  /** CLIENTUIDREQ */
  readonly needsClientUid: boolean;
  /** CHGPINFIRST */
  readonly changePasswordFirst: boolean;
  /** MFACHALLENGEFIRST */
  readonly challengeFirst: boolean;
  /** AUTHTOKENFIRST */
  readonly tokenFirst: boolean;
  /** AUTHTOKENLABEL */
  readonly tokenLabel: string | null;
  /** AUTHTOKENINFOURL */
  readonly tokenUrl: string | null;
  /** USERCRED1LABEL and USERCRED2LABEL, as far as they were sent. */
  readonly credentialLabels: readonly string[];
}

/** PROFRS, as far as a client needs it. */
export interface Profile {
  /** FINAME */
  readonly name: string | null;
  /** DTPROFUP as sent. */
  readonly updated: string | null;
  readonly messageSets: readonly {
    readonly name: string;
    readonly version: string | null;
    readonly url: string | null;
    readonly security: string | null;
    /** SIGNONREALM: which of `signons` it wants. */
    readonly realm: string | null;
  }[];
  readonly signons: readonly SignonInfo[];
}

/** A reply that is no statement (PROFTRNRS, ACCTINFOTRNRS, PINCHTRNRS, MFACHALLENGETRNRS …), by its verdict. */
export interface OtherReply {
  /** Name of the wrapper. */
  readonly name: string;
  readonly trnuid: string | null;
  readonly status: Status;
}

/** MFACHALLENGE: a question that the institution wants answered at the next signon. */
export interface Challenge {
  /** MFAPHRASEID, which the answer names. */
  readonly phrase: string;
  /** MFAPHRASELABEL; the ids of the specification (MFA1 to MFA111) have none. */
  readonly question: string | null;
}

export interface OfxFile {
  readonly header: OfxHeader;
  readonly signon: Signon | null;
  readonly statements: readonly Statement[];
  readonly accounts: readonly AccountInfo[];
  readonly profile: Profile | null;
  /** Of MFACHALLENGERS. */
  readonly challenges: readonly Challenge[];
  readonly replies: readonly OtherReply[];
  readonly notices: readonly Notice[];
}

/** What `inspect --json` prints of a file: the contract's field names, nothing secret. */
export function inspectJson({
  header,
  signon,
  statements,
  accounts,
  profile,
  challenges,
  notices,
}: OfxFile): Readonly<Record<string, unknown>> {
  return {
    version: 1,
    header,
    signon:
      signon === null
        ? null
        : {
            status: signon.status,
            org: signon.org,
            fid: signon.fid,
            dtServer: signon.dtServer,
            language: signon.language,
          },
    statements,
    accounts,
    profile,
    challenges,
    notices,
  };
}
