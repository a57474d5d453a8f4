/**
 * Institutions that people look for, and that are not known to have an OFX service. They are here so that a search for them
 * does not end at a similar name. The state of the lists of commercial programs is that of 22 August 2026.
 */

import type { InstitutionOfFiles } from '../listing.js';

const WITHOUT = 'is listed for downloaded files, without Direct Connect, in August 2026';
const NOWHERE = 'is in no open list of addresses, and not in the August 2026 list of commercial programs';

export const OF_FILES: readonly InstitutionOfFiles[] = [
  {
    id: 'alliant-credit-union',
    name: 'Alliant Credit Union',
    aliases: ['Alliant'],
    strength: 'none',
    seen: '2026-08',
    dc: 'no',
    bid: '04543',
    ended: { since: null, by: '2026-08', what: WITHOUT },
  },
  {
    id: 'ally-bank',
    name: 'Ally Bank',
    aliases: ['Ally', 'GMAC Bank'],
    strength: 'none',
    seen: '2026-08',
    ended: { since: null, by: '2026-08', what: NOWHERE, downloads: 'unconfirmed' },
  },
  {
    id: 'hsbc',
    name: 'HSBC Bank USA',
    aliases: ['HSBC'],
    strength: 'none',
    seen: '2026-08',
    dc: 'no',
    bid: '01270',
    ended: { since: null, by: '2026-08', what: WITHOUT },
  },
  {
    id: 'interactive-brokers',
    name: 'Interactive Brokers',
    aliases: ['IBKR', 'IB'],
    strength: 'none',
    seen: '2026-08',
    note: 'Other programs read its Flex queries, a format of its own (2026).',
    ended: { since: null, by: '2026-08', what: NOWHERE, downloads: 'unconfirmed' },
  },
  {
    id: 'navy-federal',
    name: 'Navy Federal Credit Union',
    aliases: ['Navy Federal', 'NFCU'],
    strength: 'none',
    seen: '2026-08',
    dc: 'no',
    bid: '70860',
    ended: { since: null, by: '2026-08', what: WITHOUT },
  },
  {
    id: 'penfed',
    name: 'PenFed Credit Union',
    aliases: ['PenFed', 'Pentagon Federal Credit Union'],
    strength: 'none',
    seen: '2026-08',
    ended: { since: null, by: '2026-08', what: NOWHERE, downloads: 'unconfirmed' },
  },
];
