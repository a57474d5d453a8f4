/** The security questions of the specification (OFX 2.2 section 2.5.4.4), and the answers that a program gives itself. */

import { programOf, type Quirks } from '../model/institution.js';
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
  MFA13: 'Last four digits of your Social Security number',
  MFA14: 'Last four digits of your tax identification number',
  MFA15: 'Month of birth of your youngest sibling, not abbreviated',
  MFA16: 'Mother’s maiden name',
  MFA17: 'Mother’s middle name',
  MFA18: 'Name of the company where you had your first job',
  MFA19: 'Name of the maker of your first car',
  MFA20: 'Name of the street where you grew up',
  MFA21: 'Name of your high-school football team, without the words “High School”',
  MFA22: 'Amount of a recent deposit or withdrawal',
  MFA23: 'Year of birth, YYYY',
};

/** Returns the question as a person reads it. */
export function questionText({ phrase, question }: Challenge): string {
  return question ?? QUESTIONS[phrase.toUpperCase()] ?? `question ${phrase}`;
}

/** The facts about this computer that institutions ask a program for. */
export interface MachineFacts {
  readonly now: Date;
  readonly hostName: string;
  readonly ipAddress: string;
  readonly macAddress: string;
  /** Name and version of the operating system. */
  readonly system: string;
  /** Architecture of the processor. */
  readonly processor: string;
}

/** Returns the answer to a question about the program or its computer, `null` for a question that only a person can answer. */
export function automaticAnswer(phrase: string, machine: MachineFacts, quirks: Quirks): string | null {
  switch (phrase.toUpperCase()) {
    case 'MFA101':
      return machine.now.toISOString().replace(/[-:T]/g, '').slice(0, 14);
    case 'MFA102':
      return machine.hostName;
    case 'MFA103':
      return machine.ipAddress;
    case 'MFA104':
      return machine.macAddress;
    case 'MFA105':
      return machine.system;
    case 'MFA106':
      return machine.processor;
    case 'MFA107': {
      const { appId, appVer } = programOf(quirks);
      return `${appId} ${appVer}`;
    }
    default:
      return null;
  }
}
