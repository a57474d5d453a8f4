/** Set-up of a bank that only offers downloads, as a person answers it: the files that lie there are listed and picked. */

import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Run, runCli } from '../support/run-cli.js';
import { scratchDir } from '../support/scratch.js';

interface StatementOf {
  readonly id?: string;
  readonly org?: string;
  readonly fid?: string;
  readonly card?: boolean;
}

function statement({ id = '000001234', org = 'B1', fid = '10898', card = false }: StatementOf = {}): string {
  const account = card
    ? `<CREDITCARDMSGSRSV1><CCSTMTTRNRS><TRNUID>1<STATUS><CODE>0<SEVERITY>INFO</STATUS><CCSTMTRS><CURDEF>USD<CCACCTFROM><ACCTID>${id}</CCACCTFROM>`
    : `<BANKMSGSRSV1><STMTTRNRS><TRNUID>1<STATUS><CODE>0<SEVERITY>INFO</STATUS><STMTRS><CURDEF>USD<BANKACCTFROM><BANKID>021000021<ACCTID>${id}<ACCTTYPE>CHECKING</BANKACCTFROM>`;
  const end = card ? '</CCSTMTRS></CCSTMTTRNRS></CREDITCARDMSGSRSV1>' : '</STMTRS></STMTTRNRS></BANKMSGSRSV1>';
  return `OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nSECURITY:NONE\nENCODING:USASCII\nCHARSET:1252\nCOMPRESSION:NONE\nOLDFILEUID:NONE\nNEWFILEUID:NONE\n\n<OFX><SIGNONMSGSRSV1><SONRS><STATUS><CODE>0<SEVERITY>INFO</STATUS><DTSERVER>20261120<LANGUAGE>ENG<FI><ORG>${org}<FID>${fid}</FI></SONRS></SIGNONMSGSRSV1>${account}<BANKTRANLIST><DTSTART>20261101<DTEND>20261120<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20261110<TRNAMT>-1.00<FITID>F${id}<NAME>SHOP</STMTTRN></BANKTRANLIST><LEDGERBAL><BALAMT>9.00<DTASOF>20261120</LEDGERBAL>${end}</OFX>\n`;
}

const CHASE = 'Chase1234_Activity_20261101_20261120_20261121.QFX';
const CHASE_CARD = 'Chase9911_Activity20261101_20261120_20261121.ofx';

function home(files: Readonly<Record<string, string>>, folder = 'Downloads') {
  const cwd = scratchDir();
  mkdirSync(join(cwd, folder));
  for (const [index, [name, text]] of Object.entries(files).entries()) {
    writeFileSync(join(cwd, folder, name), text);
    // The first is the newest.
    utimesSync(join(cwd, folder, name), 2e9 - index, 2e9 - index);
  }
  return cwd;
}

/** Answers questions by their beginnings, in their order; a question without an answer fails the test. */
async function init(cwd: string, answers: readonly (readonly [string, string])[]): Promise<Run> {
  const left = [...answers];
  const run = await runCli(['init'], {
    cwd,
    env: { ACCESSIBLE: '1' },
    answers: (question) => {
      const [asked, answer] = left.shift() ?? ['no further question', ''];
      if (!question.includes(asked)) throw new Error(`asked ${JSON.stringify(question)} instead of ${asked}`);
      return answer;
    },
  });
  expect(left).toEqual([]);
  return run;
}

const written = (cwd: string) => readFileSync(join(cwd, '.config', 'ofx-sync', 'accounts.yaml'), 'utf8');
/** From the first question to the list of files: the bank is found by name, and has ended Direct Connect. */
const AT_CHASE = [
  ['Which bank?', 'chase'],
  ['Number', '1'],
] as const;
/** The accounts as they are ticked; written, and nothing downloaded yet. */
const TO_THE_END = [
  ['Numbers', ''],
  ['Number', '2'],
] as const;

describe('the statement files in the downloads folder', () => {
  test('are listed with bank, account and days; those of the bank are ticked, and all later ones will be read', async () => {
    const cwd = home({
      [CHASE]: statement(),
      [CHASE_CARD]: statement({ id: '4111111111119911', card: true }),
      'Checking1.qfx': statement({ id: '77007700', org: 'WF', fid: '3000' }),
      'holiday.jpg': 'not a statement',
    });
    const run = await init(cwd, [...AT_CHASE, ['Numbers', ''], ...TO_THE_END]);
    expect(run.stderr).toContain('1. Chase checking ••••1234, 2026-11-01 to 11-20 (Chase1234');
    expect(run.stderr).toContain('2. Chase creditcard ••••9911, 2026-11-01 to 11-20 (');
    expect(run.stderr).toContain('3. Wells Fargo checking ••••7700, 2026-11-01 to 11-20 (Checking1.qfx)');
    expect(run.stderr).not.toContain('holiday');
    expect(run.stderr).toContain('none, or < to go back (Enter: 1 2)');
    expect(run.code).toBe(0);
    expect(written(cwd)).toContain('- ~/Downloads/Chase1234_Activity_*.QFX\n');
    expect(written(cwd)).toContain('- ~/Downloads/Chase9911_Activity*.ofx\n');
    expect(written(cwd)).toContain('name: card, kind: creditcard, id: "4111111111119911"');
    expect(written(cwd)).not.toContain('77007700');
    const first = JSON.parse(
      (await runCli(['--json', '--config', join(cwd, '.config/ofx-sync/accounts.yaml')], { cwd })).stdout,
    );
    expect(first).toMatchObject({ totals: { ok: 2, newTransactions: 2 } });
    // The next download has another name, and the browser wrote its ending otherwise.
    writeFileSync(
      join(cwd, 'Downloads', 'chase1234_activity_20261121_20261220_20261221 (1).qfx'),
      statement().replaceAll('F000001234', 'NEXT').replaceAll('202611', '202612'),
    );
    const next = JSON.parse(
      (await runCli(['--json', '--config', join(cwd, '.config/ofx-sync/accounts.yaml')], { cwd })).stdout,
    );
    expect(next).toMatchObject({ totals: { ok: 2, newTransactions: 1 } });
  });

  test('of an ended bank the download, its place and the pattern of its files are named, and files so named are ticked', async () => {
    const cwd = home({});
    const file = join(cwd, 'Downloads', 'Chase1234_Activity_20261120.QFX');
    const nameless = statement().replace(/<FI>.*?<\/FI>/, '');
    let isAsked = false;
    const answers = ['chase', '1', '', '', '', '2'];
    const run = await runCli(['init'], {
      cwd,
      env: { ACCESSIBLE: '1' },
      answers: (question) => {
        if (question.includes('Folder of its statement files') && !isAsked) {
          isAsked = true;
          writeFileSync(file, nameless);
          writeFileSync(join(cwd, 'Downloads', 'other.qfx'), nameless.replaceAll('000001234', '000005678'));
        }
        return answers.shift() ?? '';
      },
    });
    expect(run.stderr).toContain(
      'Its website has the download “Quicken Web Connect (QFX)” (the account, “Download account',
    );
    expect(run.stderr).toContain('Or enter ~/Downloads/Chase*_Activity*.qfx, for files that are still to come.');
    expect(isAsked).toBe(true);
    expect([run.code, answers]).toEqual([0, []]);
    expect(written(cwd)).toContain('files: ~/Downloads/Chase1234_Activity_*.QFX\n');
  });

  test('of a bank whose website offers no OFX that is said, and files that are there are read all the same', async () => {
    const cwd = home({ 'Discover-2021.qfx': statement({ org: 'Discover Financial Services', fid: '7101' }) });
    const run = await init(cwd, [['Which bank?', 'discover'], ['Number', '1'], ['Numbers', ''], ...TO_THE_END]);
    expect(run.stderr).toContain('Its website offers CSV (the Activity page), and no OFX since 2022-10.');
    expect(run.code).toBe(0);
  });

  test('a bank that is not in the directory gets its name from the file', async () => {
    const cwd = home({ '20261120.qfx': statement({ org: 'Corner Bank', fid: '999999' }) });
    const run = await init(cwd, [['Which bank?', ''], ['Number', '1'], ['Numbers', ''], ...TO_THE_END]);
    expect(run.code).toBe(0);
    expect(written(cwd)).toContain('name: corner-bank\n');
    expect(written(cwd)).toContain('files: ~/Downloads/*.qfx\n');
  });

  test('accounts of a file that was not picked are not ticked, though its name matches', async () => {
    const cwd = home({
      '20261120.qfx': statement({ org: 'Corner Bank', fid: '999999' }),
      '20261119.qfx': statement({ org: 'Other', fid: '888888', id: '5550001' }),
    });
    const run = await init(cwd, [['Which bank?', ''], ['Number', '1'], ['Numbers', '1'], ...TO_THE_END]);
    expect(run.code).toBe(0);
    expect(written(cwd)).toContain('000001234');
    expect(written(cwd)).not.toContain('5550001');
  });

  test('an account that comes through a bridge is known by its number, and is neither ticked nor added', async () => {
    const cwd = home({ [CHASE]: statement(), [CHASE_CARD]: statement({ id: '4111111111119911', card: true }) });
    const bridge = `institutions:
  - name: bridge
    simplefin: env:ACCESS
    accounts: [{ name: giro, kind: checking, id: ACT-1, number: "000001234" }]
`;
    mkdirSync(join(cwd, '.config', 'ofx-sync'), { recursive: true, mode: 0o700 });
    writeFileSync(join(cwd, '.config', 'ofx-sync', 'accounts.yaml'), bridge);
    const run = await init(cwd, [...AT_CHASE, ['Numbers', '1 2'], ...TO_THE_END]);
    expect(run.code).toBe(0);
    expect(run.stderr).toContain('checking ••••1234 (already bridge/giro)');
    expect(run.stderr).toContain('in accounts.yaml already, as bridge/giro');
    expect(written(cwd)).toContain(bridge);
    expect(written(cwd)).toContain('id: "4111111111119911"');
    expect(written(cwd).match(/000001234/g)).toHaveLength(1);
  });

  test('there is a way back from the list, from the folder and from an empty folder', async () => {
    const cwd = home({ [CHASE]: statement() });
    mkdirSync(join(cwd, 'empty'));
    const run = await init(cwd, [
      ...AT_CHASE,
      ['Numbers', '2'],
      ['Folder of its statement files', 'empty'],
      ['Folder of its statement files', '<'],
      // Back at the first question, and on again.
      ...AT_CHASE,
      ['Numbers', '2'],
      ['Folder of its statement files', '<'],
      ['Numbers', '<'],
      ...AT_CHASE,
      ['Numbers', '1'],
      ...TO_THE_END,
    ]);
    expect(run.stderr).toContain('No statement file (.qfx, .ofx) is in ~/empty.');
    expect(run.code).toBe(0);
  });

  test('nothing there yet: the person downloads one, and presses Enter', async () => {
    const cwd = home({});
    let asked = 0;
    const answers = [...AT_CHASE.map(([, answer]) => answer), '', '1', ...TO_THE_END.map(([, answer]) => answer)];
    const run = await runCli(['init'], {
      cwd,
      env: { ACCESSIBLE: '1' },
      answers: (question) => {
        if (question.startsWith('Folder')) writeFileSync(join(cwd, 'Downloads', CHASE), statement());
        asked += 1;
        return answers[asked - 1] ?? '';
      },
    });
    expect(run.stderr).toContain('press Enter to look again');
    expect(run.code).toBe(0);
    expect(written(cwd)).toContain('files: ~/Downloads/Chase1234_Activity_*.QFX\n');
  });

  test('several patterns can be typed, and a file stands for those that follow it', async () => {
    const cwd = home({ [CHASE]: statement() }, 'in');
    const run = await init(cwd, [
      ...AT_CHASE,
      ['Folder of its statement files', `in/none*.ofx, ~/in/${CHASE}`],
      ...TO_THE_END,
    ]);
    expect(run.code).toBe(0);
    expect(written(cwd)).toContain(`- ${join(cwd, 'in/none*.ofx')}\n`);
    expect(written(cwd)).toContain('- ~/in/Chase1234_Activity_*.QFX\n');
  });

  test('a folder that is still to come is not taken for the name of a file', async () => {
    const cwd = scratchDir();
    const run = await init(cwd, [
      ...AT_CHASE,
      ['Folder of its statement files', ''],
      ['Number', '6'],
      ['Account number', '4111111111111111'],
      ['Number', '2'],
      ['Number', '2'],
    ]);
    expect(run.stderr).toContain('There is no folder ~/Downloads.');
    expect(written(cwd)).toContain('- ~/Downloads/*.qfx\n');
    expect(written(cwd)).toContain('- ~/Downloads/*.ofx\n');
  });

  test('the folder has the name that the desktop gave it', async () => {
    const cwd = home({ [CHASE]: statement() }, 'Téléchargements');
    mkdirSync(join(cwd, '.config'));
    writeFileSync(join(cwd, '.config', 'user-dirs.dirs'), '# made\nXDG_DOWNLOAD_DIR="$HOME/Téléchargements"\n');
    await init(cwd, [...AT_CHASE, ['Numbers', '1'], ...TO_THE_END]);
    expect(written(cwd)).toContain('files: ~/Téléchargements/Chase1234_Activity_*.QFX\n');
  });

  test('hostile and huge files are passed over, and the newest are listed', async () => {
    const cwd = home({
      [CHASE]: statement({ org: 'Evil\u001b[2J\u202eBank', fid: '1' }),
      'page.qfx': '<html>please sign in</html>',
      'huge.qfx': statement(),
      ...Object.fromEntries(Array.from({ length: 60 }, (_, at) => [`old-${at}.ofx`, statement()])),
    });
    truncateSync(join(cwd, 'Downloads', 'huge.qfx'), 3e9);
    mkdirSync(join(cwd, 'Downloads', 'folder.qfx'));
    execFileSync('mkfifo', [join(cwd, 'Downloads', 'pipe.qfx')]);
    const run = await init(cwd, [...AT_CHASE, ['Numbers', '1'], ...TO_THE_END]);
    expect(run.code).toBe(0);
    expect(run.stderr).not.toContain('\u001b[2J');
    expect(run.stderr).not.toContain('\u202e');
    for (const name of ['page.qfx', 'huge.qfx', 'folder.qfx', 'pipe.qfx', 'old-59.ofx'])
      expect(run.stderr).not.toContain(`(${name})`);
    expect(run.stderr).toContain('(old-30.ofx)');
  });
});
