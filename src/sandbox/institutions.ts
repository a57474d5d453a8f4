/** The sandbox institutions as data. They differ as real ones do. The user id and the password of each are `demo`. */

import type { OfxVersion } from '../model/institution.js';

export interface SandboxAccount {
  readonly kind: 'checking' | 'savings' | 'cd' | 'creditcard' | 'investment' | 'loan';
  readonly id: string;
  readonly routing?: string;
  readonly description: string;
  /** With every kind of transaction and holding, instead of a simple history. */
  readonly everything?: true;
  /** Its balance is what is owed, positive. Without it, a debt is negative. */
  readonly statesOwed?: true;
}

export interface SandboxInstitution {
  readonly name: string;
  readonly title: string;
  readonly org: string;
  readonly fid: string;
  readonly brokerId?: string;
  /** Versions of OFX that it accepts; it refuses all others with HTTP 400. */
  readonly versions: readonly OfxVersion[];
  readonly currency: string;
  /** Values in SGML have end tags. */
  readonly closeTags: boolean;
  /** `cp1252` writes letters beyond ASCII as single bytes. */
  readonly charset: 'ascii' | 'cp1252' | 'utf-8';
  /** Milliseconds before each reply. */
  readonly delayMs: number;
  /** Longest window in days; it refuses a longer one with status 2027. */
  readonly longestWindow: number | null;
  readonly accounts: readonly SandboxAccount[];
}

const SGML = ['102', '103', '151', '160'] as const;
const XML = ['200', '201', '202', '203', '210', '211', '220'] as const;

export const SANDBOX_USER = 'demo';
export const SANDBOX_PASSWORD = 'demo';

export const SANDBOX_INSTITUTIONS: readonly SandboxInstitution[] = [
  {
    name: 'river',
    title: 'River Credit Union',
    org: 'RIVER',
    fid: '1001',
    versions: SGML,
    currency: 'USD',
    closeTags: false,
    charset: 'ascii',
    delayMs: 0,
    longestWindow: null,
    accounts: [
      { kind: 'checking', id: '000123456', routing: '121000248', description: 'Everyday Checking' },
      { kind: 'savings', id: '000123457', routing: '121000248', description: 'Rainy Day Savings' },
    ],
  },
  {
    name: 'summit',
    title: 'Summit Card Services',
    org: 'SUMMIT',
    fid: '5001',
    versions: XML,
    currency: 'USD',
    closeTags: true,
    charset: 'utf-8',
    delayMs: 0,
    longestWindow: null,
    accounts: [{ kind: 'creditcard', id: '4111111111111111', description: 'Summit Rewards Card' }],
  },
  {
    name: 'meadow',
    title: 'Meadow & Sons Bank',
    org: 'MEADOW',
    fid: '2002',
    versions: [...SGML, ...XML],
    currency: 'USD',
    closeTags: true,
    charset: 'utf-8',
    delayMs: 0,
    longestWindow: null,
    accounts: [
      { kind: 'checking', id: '0044881200', routing: '011000015', description: 'Joint Checking' },
      { kind: 'creditcard', id: '5500005555555559', description: 'Meadow Card' },
    ],
  },
  {
    name: 'glacier',
    title: 'Glacier Savings',
    org: 'GLACIER',
    fid: '3003',
    versions: [...SGML, ...XML],
    currency: 'USD',
    closeTags: false,
    charset: 'ascii',
    delayMs: 2500,
    longestWindow: null,
    accounts: [{ kind: 'savings', id: '700100', routing: '091000019', description: 'Cold Storage' }],
  },
  {
    name: 'linden',
    title: 'Banque Linden',
    org: 'LINDEN',
    fid: '4004',
    versions: SGML,
    currency: 'EUR',
    closeTags: false,
    charset: 'cp1252',
    delayMs: 0,
    longestWindow: 62,
    accounts: [{ kind: 'checking', id: '20041010050500013', routing: '30004', description: 'Compte courant' }],
  },
  {
    name: 'harbor',
    title: 'Harbor Investments',
    org: 'HARBOR',
    fid: '6006',
    brokerId: 'harbor.example',
    versions: [...SGML, ...XML],
    currency: 'USD',
    closeTags: false,
    charset: 'ascii',
    delayMs: 0,
    longestWindow: null,
    accounts: [{ kind: 'investment', id: '77-1234', description: 'Retirement Account' }],
  },
  {
    name: 'orchard',
    title: 'Orchard Retirement Plans',
    org: 'ORCHARD',
    fid: '7007',
    brokerId: 'orchard.example',
    // Versions before 2.0.3 have no loans.
    versions: ['203', '210', '211', '220'],
    currency: 'USD',
    closeTags: true,
    charset: 'utf-8',
    delayMs: 0,
    longestWindow: null,
    accounts: [
      { kind: 'investment', id: '401-9001', description: 'Plan With Everything', everything: true },
      { kind: 'cd', id: '550012', routing: '091000019', description: 'Five-Year Certificate' },
      { kind: 'loan', id: 'L-4410', description: 'House Loan' },
    ],
  },
  {
    name: 'cobalt',
    title: 'Cobalt Finance',
    org: 'COBALT',
    fid: '8008',
    versions: ['203', '210', '211', '220'],
    currency: 'USD',
    closeTags: true,
    charset: 'utf-8',
    delayMs: 0,
    longestWindow: null,
    accounts: [
      { kind: 'creditcard', id: '6011601160116611', description: 'Cobalt Card', statesOwed: true },
      { kind: 'loan', id: 'A-7702', description: 'Car Loan', statesOwed: true },
    ],
  },
];
