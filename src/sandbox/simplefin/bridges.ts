/**
 * The bridges of the sandbox as data: hosted services that log in at several banks and pass on their accounts by SimpleFIN. The
 * user name and the password in their access URLs are `demo`.
 */

import type { IsoDate } from '../../model/dates.js';

export interface Bridge {
  readonly name: string;
  readonly title: string;
  readonly connections: readonly BridgeConnection[];
}

/** One login at one bank. */
export interface BridgeConnection {
  readonly id: string;
  readonly name: string;
  readonly org: { readonly id: string; readonly name: string; readonly domain: string };
  /** Hour (UTC) at which the bank's transactions are posted. */
  readonly postsAtHour: number;
  readonly accounts: readonly BridgeAccount[];
}

export interface BridgeAccount {
  readonly id: string;
  readonly name: string;
  /** Chooses the history. The protocol has no kinds of accounts, so a reader must find out by the name. */
  readonly kind: 'checking' | 'savings' | 'creditcard' | 'investment';
  /** Its balance is what is owed, positive. Without it, a debt is negative. */
  readonly statesOwed?: true;
  /** All of its transactions, in the place of a made-up history. */
  readonly bookings?: readonly Booking[];
}

/** One transaction, from the moment when it happens. */
export interface Booking {
  /** Unique within the account. */
  readonly key: string;
  readonly happenedOn: IsoDate;
  /** `null` for one that never posts. */
  readonly postedOn: IsoDate | null;
  /** Day from which it is listed as posted, when that is later than the day under which it is posted. */
  readonly listedOn?: IsoDate;
  /** Day from which it is no longer listed as pending; `null` for one that was never listed so. */
  readonly pendingUntil: IsoDate | null;
  readonly cents: number;
  /** Amount while it is pending, when that is another. */
  readonly pendingCents?: number;
  readonly description: string;
  readonly payee: string;
  readonly memo: string;
}

export const BRIDGES: readonly Bridge[] = [
  {
    name: 'bridge',
    title: 'Sandbox Bridge',
    connections: [
      {
        id: 'CON-7d1f9a52-cedar',
        name: 'Cedar Bank - Jordan',
        org: { id: 'INS-cedar', name: 'Cedar Bank', domain: 'cedar.example' },
        postsAtHour: 12,
        accounts: [
          { id: 'ACT-1c3e8f00-4b8e-4a55-9d43-0a7c61e2b901', name: 'Cedar Everyday Checking', kind: 'checking' },
          { id: 'ACT-1c3e8f00-4b8e-4a55-9d43-0a7c61e2b902', name: 'Cedar Savings', kind: 'savings' },
        ],
      },
      {
        id: 'CON-2b60c4e7-pine',
        name: 'Pine Card Services',
        org: { id: 'INS-pine', name: 'Pine Card Services', domain: 'pine.example' },
        postsAtHour: 0,
        accounts: [{ id: 'ACT-5a90d3b1-77c2-4c0e-8e5f-2f4bb1a6d310', name: 'Pine Rewards Visa', kind: 'creditcard' }],
      },
      {
        id: 'CON-c8f3017b-quarry',
        name: 'Quarry Credit Union',
        org: { id: 'INS-quarry', name: 'Quarry Credit Union', domain: 'quarry.example' },
        postsAtHour: 17,
        accounts: [
          {
            id: 'ACT-e07b4426-1f5d-43aa-b6d9-90c3f51e7722',
            name: 'Quarry Mastercard',
            kind: 'creditcard',
            statesOwed: true,
          },
        ],
      },
      {
        id: 'CON-91aa6e30-aspen',
        name: 'Aspen Brokerage',
        org: { id: 'INS-aspen', name: 'Aspen Brokerage', domain: 'aspen.example' },
        postsAtHour: 12,
        accounts: [
          { id: 'ACT-30d5f8c9-6a41-4f9b-a2c7-b81e04dd5563', name: 'Aspen Brokerage Account', kind: 'investment' },
        ],
      },
    ],
  },
];
