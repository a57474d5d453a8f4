/** The content of a reply or file, as the reader returns it. */

import type { AccountId } from '../model/account.js';
import type { Notice } from '../model/notice.js';
import type { Secret } from '../model/secret.js';
import type { Statement, Status } from '../model/statement.js';

export interface OfxHeader {
  /** VERSION as declared; `null` without a header. */
  readonly ofxVersion: string | null;
  /** The actual character set of the text. */
  readonly charset: string;
  /** The character set of the header or the XML declaration. */
  readonly declaredCharset: string | null;
  readonly syntax: 'sgml' | 'xml' | 'json';
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

/** ACCTINFO: an account of the login. */
export interface AccountInfo {
  readonly account: AccountId;
  readonly description: string | null;
  /** SVCSTATUS: AVAIL, PEND, ACTIVE. */
  readonly status: string | null;
}

/** SIGNONINFO: the requirements of a signon. */
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
  /** USERCRED1LABEL and USERCRED2LABEL, if sent. */
  readonly credentialLabels: readonly string[];
}

/** PROFRS, reduced to what a client needs. */
export interface Profile {
  /** FINAME */
  readonly name: string | null;
  /** DTPROFUP, unchanged. */
  readonly updated: string | null;
  readonly messageSets: readonly {
    readonly name: string;
    readonly version: string | null;
    readonly url: string | null;
    readonly security: string | null;
    /** SIGNONREALM: refers to one of `signons`. */
    readonly realm: string | null;
  }[];
  readonly signons: readonly SignonInfo[];
}

/** The status of a reply other than a statement (PROFTRNRS, ACCTINFOTRNRS, PINCHTRNRS, MFACHALLENGETRNRS …). */
export interface OtherReply {
  /** Name of the wrapper. */
  readonly name: string;
  readonly trnuid: string | null;
  readonly status: Status;
}

/** MFACHALLENGE: a security question for the next signon. */
export interface Challenge {
  /** MFAPHRASEID, repeated in the answer. */
  readonly phrase: string;
  /** MFAPHRASELABEL; absent for the ids of the specification (MFA1 to MFA111). */
  readonly question: string | null;
}

export interface OfxFile {
  readonly header: OfxHeader;
  readonly signon: Signon | null;
  readonly statements: readonly Statement[];
  readonly accounts: readonly AccountInfo[];
  readonly profile: Profile | null;
  /** From MFACHALLENGERS. */
  readonly challenges: readonly Challenge[];
  readonly replies: readonly OtherReply[];
  /** Failures that the source reports and that belong to no account in the file: the reason why an account is missing. */
  readonly problems?: readonly Status[];
  /** Notices about the file as a whole: those about one statement are in that statement. */
  readonly notices: readonly Notice[];
}

/** Returns the content as `inspect --json` prints it: the contract's field names, without the tokens of the signon. */
export function inspectJson(file: OfxFile): Readonly<Record<string, unknown>> {
  const { header, signon, statements, accounts, profile, challenges, notices } = file;
  const shown = signon === null ? null : withoutTokens(signon);
  return { version: 1, header, signon: shown, statements, accounts, profile, challenges, notices };
}

function withoutTokens({ status, org, fid, dtServer, language }: Signon): Partial<Signon> {
  return { status, org, fid, dtServer, language };
}
