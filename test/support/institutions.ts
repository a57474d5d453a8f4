/** Configurations for tests, as text: one sandbox card institution a line, unless said otherwise. */

export interface Entry {
  readonly name: string;
  readonly url: string;
  /** Further lines of the institution, unindented. */
  readonly more?: readonly string[];
  readonly accounts?: string;
  readonly password?: string;
}

const CARD = '[{ name: card, kind: creditcard, id: "4111111111111111" }]';

export function configText(entries: readonly Entry[], defaults = ''): string {
  const institutions = entries.map(({ name, url, more = [], accounts = CARD, password = '{ literal: demo }' }) =>
    [
      `  - name: ${name}`,
      `    url: ${url}`,
      '    userId: demo',
      `    password: ${password}`,
      ...more.map((line) => `    ${line}`),
      `    accounts: ${accounts}`,
    ].join('\n'),
  );
  return `${defaults === '' ? '' : `defaults: ${defaults}\n`}institutions:\n${institutions.join('\n')}\n`;
}
