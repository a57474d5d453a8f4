/** The security questions of the specification (OFX 2.2 section 2.5.4.4), and the answers that a program gives itself. */

import type { Challenge } from './file.js';

const QUESTIONS: Readonly<Record<string, string>> = {
  MFA1: 'City of birth',
  MFA2: 'Date of birth, MM/DD/YYYY',
  MFA3: 'Debit card number',
  MFA4: 'Father’s middle name',
  MFA5: 'Favorite color',
  MFA6: 'First pet’s name',
  MFA7: 'Five digit ZIP code',
  MFA8: 'Grandmother’s maiden name on your father’s side',
  MFA9: 'Grandmother’s maiden name on your mother’s side',
  MFA10: 'Last four digits of your cell phone number',
  MFA11: 'Last four digits of your daytime phone number',
  MFA12: 'Last four digits of your home phone number',
  MFA13: 'Last four digits of your customer or member number',
  MFA14: 'Last four digits of your Social Security number',
  MFA15: 'Last four digits of your tax identification number',
  MFA16: 'Month of birth of your youngest sibling',
  MFA17: 'Mother’s maiden name',
  MFA18: 'Mother’s middle name',
  MFA19: 'Name of the company where you had your first job',
  MFA20: 'Name of the manager at your first job',
  MFA102: 'Host name of this computer',
  MFA103: 'IP address of this computer',
  MFA104: 'MAC address of this computer',
  MFA106: 'Processor of this computer',
};

/** Returns the question as a person reads it. */
export function questionText({ phrase, question }: Challenge): string {
  return question ?? QUESTIONS[phrase.toUpperCase()] ?? `question ${phrase}`;
}

/** Returns the answer to a question about the program rather than a person (date, system, program), or `null`. */
export function automaticAnswer(
  phrase: string,
  { now, platform }: { readonly now: Date; readonly platform: string },
): string | null {
  switch (phrase.toUpperCase()) {
    case 'MFA101':
      return now.toISOString().replace(/[-:T]/g, '').slice(0, 14);
    case 'MFA105':
      return platform;
    case 'MFA107':
      return 'ofx-sync';
    default:
      return null;
  }
}
