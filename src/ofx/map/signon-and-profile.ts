/** What a document says of the login and the institution: signon, account list, profile (OFX 2.2 sections 2.5.1, 8.5, 7.2). */

import { Secret } from '../../model/secret.js';
import type { AccountInfo, Challenge, OtherReply, Profile, Signon, SignonInfo } from '../file.js';
import type { OfxDocument } from '../repair/document.js';
import { at, many, namesIn, one, type Tree, text } from '../repair/tree.js';
import { parseDate, parseDateTime } from '../values.js';
import { mapAccountId, mapStatus } from './fields.js';
import { isStatementReply } from './reply.js';

/** Every SONRS of a document: some programs join several replies into one. */
export function mapSignons({ tree }: OfxDocument): Signon[] {
  return messageSets(tree).flatMap((set) =>
    many(set, 'SONRS').map((sonrs): Signon => {
      const secret = (name: string) => {
        const value = text(sonrs, name);
        return value === null ? null : new Secret(value);
      };
      const server = text(sonrs, 'DTSERVER');
      return {
        status: mapStatus(one(sonrs, 'STATUS')),
        org: text(one(sonrs, 'FI'), 'ORG'),
        fid: text(one(sonrs, 'FI'), 'FID'),
        dtServer: server === null ? null : (parseDateTime(server)?.instant ?? parseDate(server)),
        language: text(sonrs, 'LANGUAGE'),
        sessionCookie: secret('SESSCOOKIE'),
        accessKey: secret('ACCESSKEY'),
        userKey: secret('USERKEY'),
      };
    }),
  );
}

/** ACCTINFO of an account list. */
export function mapAccounts({ tree }: OfxDocument): AccountInfo[] {
  const infos = messageSets(tree).flatMap((set) =>
    many(set, 'ACCTINFOTRNRS').flatMap((wrapper) => many(one(wrapper, 'ACCTINFORS'), 'ACCTINFO')),
  );
  const kinds = [
    ['BANKACCTINFO', 'BANKACCTFROM', 'bank'],
    ['CCACCTINFO', 'CCACCTFROM', 'creditcard'],
    ['INVACCTINFO', 'INVACCTFROM', 'investment'],
    ['LOANACCTINFO', 'LOANACCTFROM', 'loan'],
  ] as const;
  return infos.flatMap((info) =>
    kinds.flatMap(([aggregate, from, kind]) =>
      many(info, aggregate).flatMap((detail) => {
        const account = mapAccountId(one(detail, from), kind);
        return account === null
          ? []
          : [{ account, description: text(info, 'DESC'), status: text(detail, 'SVCSTATUS')?.toUpperCase() ?? null }];
      }),
    ),
  );
}

/** MFACHALLENGERS: the questions of a login (OFX 2.2 section 2.5.4). */
export function mapChallenges({ tree }: OfxDocument): Challenge[] {
  const replies = messageSets(tree).flatMap((set) => many(set, 'MFACHALLENGETRNRS'));
  return replies
    .flatMap((wrapper) => many(one(wrapper, 'MFACHALLENGERS'), 'MFACHALLENGE'))
    .flatMap((challenge) => {
      const phrase = text(challenge, 'MFAPHRASEID');
      return phrase === null ? [] : [{ phrase, question: text(challenge, 'MFAPHRASELABEL') }];
    });
}

/** PROFRS: each message set with its own address. */
export function mapProfile({ tree }: OfxDocument): Profile | null {
  const reply = messageSets(tree)
    .map((set) => at(set, 'PROFTRNRS', 'PROFRS'))
    .find((found) => found !== undefined);
  if (reply === undefined || typeof reply === 'string') return null;
  const list = one(reply, 'MSGSETLIST');
  const sets = namesIn(list).flatMap((name) => many(list, name).map((set) => [name, set] as const));
  return {
    name: text(reply, 'FINAME'),
    updated: text(reply, 'DTPROFUP'),
    messageSets: sets.flatMap(([name, set]) =>
      namesIn(set).map((version) => {
        const core = at(set, version, 'MSGSETCORE');
        return {
          name: name.replace(/MSGSET$/, ''),
          version: text(core, 'VER'),
          url: text(core, 'URL'),
          security: text(core, 'OFXSEC'),
          realm: text(core, 'SIGNONREALM'),
        };
      }),
    ),
    signons: many(one(reply, 'SIGNONINFOLIST'), 'SIGNONINFO').map(mapSignonInfo),
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

/** Replies that are no statements, in any message set. */
export function mapReplies({ tree }: OfxDocument): OtherReply[] {
  return messageSets(tree).flatMap((set) =>
    namesIn(set)
      .filter((name) => name.endsWith('TRNRS') && !isStatementReply(name))
      .flatMap((name) =>
        many(set, name).map((wrapper) => ({
          name,
          trnuid: text(wrapper, 'TRNUID'),
          status: mapStatus(one(wrapper, 'STATUS')),
        })),
      ),
  );
}

/** Where replies may stand: every message set, whatever its name and version, and the root itself, for banks that have none. */
function messageSets(tree: Tree): readonly Tree[] {
  return [tree, ...namesIn(tree).flatMap((name) => many(tree, name))];
}
