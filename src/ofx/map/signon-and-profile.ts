/** The parts of a document about login and institution: signon, account list, profile (OFX 2.2 sections 2.5.1, 8.5, 7.2). */

import { Secret } from '../../model/secret.js';
import { parseDate, parseDateTime } from '../date-time.js';
import type { AccountInfo, Challenge, OtherReply, Profile, Signon, SignonInfo } from '../file.js';
import type { OfxDocument } from '../repair/document.js';
import { child, childNames, children, descendant, type Tree, text } from '../repair/tree.js';
import { ACCOUNT_KINDS, mapAccountId, mapStatus } from './fields.js';
import { isStatementReply } from './reply.js';

/** Reads every SONRS of a document: some programs join several replies into one. */
export function mapSignons({ tree }: OfxDocument): Signon[] {
  return messageSets(tree).flatMap((set) =>
    children(set, 'SONRS').map((sonrs): Signon => {
      const secret = (name: string) => {
        const value = text(sonrs, name);
        return value === null ? null : new Secret(value);
      };
      const server = text(sonrs, 'DTSERVER');
      return {
        status: mapStatus(child(sonrs, 'STATUS')),
        org: text(child(sonrs, 'FI'), 'ORG'),
        fid: text(child(sonrs, 'FI'), 'FID'),
        dtServer: server === null ? null : (parseDateTime(server)?.instant ?? parseDate(server)),
        language: text(sonrs, 'LANGUAGE'),
        sessionCookie: secret('SESSCOOKIE'),
        accessKey: secret('ACCESSKEY'),
        userKey: secret('USERKEY'),
      };
    }),
  );
}

/** Reads each ACCTINFO of the account list. */
export function mapAccounts({ tree }: OfxDocument): AccountInfo[] {
  const infos = messageSets(tree).flatMap((set) =>
    children(set, 'ACCTINFOTRNRS').flatMap((wrapper) => children(child(wrapper, 'ACCTINFORS'), 'ACCTINFO')),
  );
  return infos.flatMap((info) =>
    ACCOUNT_KINDS.flatMap(([from, kind]) =>
      children(info, from.replace('FROM', 'INFO')).flatMap((detail) => {
        const account = mapAccountId(child(detail, from), kind);
        return account === null
          ? []
          : [{ account, description: text(info, 'DESC'), status: text(detail, 'SVCSTATUS')?.toUpperCase() ?? null }];
      }),
    ),
  );
}

/** Reads MFACHALLENGERS, the security questions of a login (OFX 2.2 section 2.5.4). */
export function mapChallenges({ tree }: OfxDocument): Challenge[] {
  const replies = messageSets(tree).flatMap((set) => children(set, 'MFACHALLENGETRNRS'));
  return replies
    .flatMap((wrapper) => children(child(wrapper, 'MFACHALLENGERS'), 'MFACHALLENGE'))
    .flatMap((challenge) => {
      const phrase = text(challenge, 'MFAPHRASEID');
      return phrase === null ? [] : [{ phrase, question: text(challenge, 'MFAPHRASELABEL') }];
    });
}

/** Reads PROFRS, in which each message set has its own address. */
export function mapProfile({ tree }: OfxDocument): Profile | null {
  const reply = messageSets(tree)
    .map((set) => descendant(set, 'PROFTRNRS', 'PROFRS'))
    .find((found) => found !== undefined);
  if (reply === undefined || typeof reply === 'string') return null;
  const list = child(reply, 'MSGSETLIST');
  const sets = childNames(list).flatMap((name) => children(list, name).map((set) => [name, set] as const));
  return {
    name: text(reply, 'FINAME'),
    updated: text(reply, 'DTPROFUP'),
    messageSets: sets.flatMap(([name, set]) =>
      childNames(set).map((version) => {
        const core = descendant(set, version, 'MSGSETCORE');
        return {
          name: name.replace(/MSGSET$/, ''),
          version: text(core, 'VER'),
          url: text(core, 'URL'),
          security: text(core, 'OFXSEC'),
          realm: text(core, 'SIGNONREALM'),
        };
      }),
    ),
    signons: children(child(reply, 'SIGNONINFOLIST'), 'SIGNONINFO').map(mapSignonInfo),
  };
}

function mapSignonInfo(info: Tree): SignonInfo {
  const yes = (name: string) => text(info, name)?.toUpperCase() === 'Y';
  return {
    realm: text(info, 'SIGNONREALM'),
    needsClientUid: yes('CLIENTUIDREQ'),
    changePasswordFirst: yes('CHGPINFIRST'),
    challengeFirst: yes('MFACHALLENGEFIRST'),
    tokenFirst: yes('AUTHTOKENFIRST'),
    tokenLabel: text(info, 'AUTHTOKENLABEL'),
    tokenUrl: text(info, 'AUTHTOKENINFOURL'),
    credentialLabels: ['USERCRED1LABEL', 'USERCRED2LABEL'].flatMap((name) => text(info, name) ?? []),
  };
}

/** Reads the status of all replies other than statements. */
export function mapReplies({ tree }: OfxDocument): OtherReply[] {
  return messageSets(tree).flatMap((set) =>
    childNames(set)
      .filter((name) => name.endsWith('TRNRS') && !isStatementReply(name))
      .flatMap((name) =>
        children(set, name).map((wrapper) => ({
          name,
          trnuid: text(wrapper, 'TRNUID'),
          status: mapStatus(child(wrapper, 'STATUS')),
        })),
      ),
  );
}

/** Returns the possible parents of replies: all message sets of any name, and the root, for banks without message sets. */
function messageSets(tree: Tree): readonly Tree[] {
  return [tree, ...childNames(tree).flatMap((name) => children(tree, name))];
}
