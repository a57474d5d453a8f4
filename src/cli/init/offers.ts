/** The accounts that a bank lists, as choices. */

import { maskedId } from '../../model/account.js';
import { visible } from '../terminal/escape.js';
import type { Prompts } from '../terminal/prompts.js';
import type { Offer } from './state.js';

/** Asks for any of the accounts. @returns their names */
export function pickOffers(
  prompts: Prompts,
  offers: readonly Offer[],
  initial: readonly Offer[],
): Promise<readonly string[] | null> {
  return prompts.pick(
    offers.length === 1
      ? 'Do you want to download this account?'
      : `Which of ${offers.length} accounts do you want to download?`,
    offers.map((offer) => ({ id: offer.entry.name, label: offerLabel(offer), hint: offerHint(offer) })),
    initial.map(({ entry }) => entry.name),
  );
}

function offerLabel({ entry }: Offer): string {
  return `${visible(entry.name)}  ${visible(maskedId(entry.id))}`;
}

function offerHint({ balance, description, remark }: Offer): string {
  return [
    balance ?? 'balance unknown',
    ...(description === null ? [] : [visible(description)]),
    ...(remark === null ? [] : [visible(remark)]),
  ].join(' · ');
}
