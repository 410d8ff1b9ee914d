import type { Adjustment, Carrier, DeliveryTerms, PaymentTerms, Reference } from '../canonical/trade.ts';
import { code, pattern, text, whole, word } from '../edi/codec.ts';
import { day } from '../edi/days.ts';
import { magnitude, real } from '../edi/decimals.ts';
import { at, filler, fixed, key, qualified } from '../edi/parts.ts';
import type { PathOf } from '../edi/paths.ts';
import type { Rule } from '../edi/rule.ts';
import { list, loop, opening, segment } from '../edi/rules.ts';
import { n2 } from './codecs.ts';
import { REASONS, REFERENCES } from './codes.ts';

/** CUR: the currency of the whole set, told by one of its sides. */
export function currency(side: 'BY' | 'SE' | 'PR'): Rule<{ currency?: string | undefined }> {
  return segment('CUR', [fixed(1, side, 'BY', 'SE', 'PR', 'PE'), at(2, 'currency', pattern(/^[A-Z]{3}$/))]);
}

/** REF of the types that are known; REF02 is 30 characters in 004010. */
export const references: Rule<{ references?: Reference[] | undefined }> = list('references', 'REF', [
  key(1, 'type', code('references', REFERENCES)),
  key(2, 'value', whole(30)),
]);

/** A DTM with one qualifier. `others` are read as well. */
export function date<S>(path: PathOf<S>, qualifier: string, ...others: string[]): Rule<S> {
  return segment('DTM', [fixed(1, qualifier, ...others), key(2, path, day)]);
}

/** ITD. ITD08 is N2; a net due date is the invoice's. */
export const paymentTerms: Rule<{ paymentTerms?: PaymentTerms | undefined; creditTerms?: string | undefined }> =
  segment('ITD', [
    at(3, 'paymentTerms.discountPercent', real(6, 'positive')),
    at(5, 'paymentTerms.discountDays', pattern(/^\d{1,3}$/)),
    at(7, 'paymentTerms.netDays', pattern(/^\d{1,3}$/)),
    at(8, 'paymentTerms.discountAmount', n2(10)),
    at(12, 'creditTerms', text(80)),
  ]);

/** FOB with an Incoterms code. FOB01 has to be there: DF, as buyer and seller defined it. */
export const deliveryTerms: Rule<{ deliveryTerms?: DeliveryTerms | undefined }> = segment('FOB', [
  filler(1, 'DF'),
  qualified(4, '01', at(5, 'deliveryTerms.code', whole(3))),
  qualified(6, 'DE', at(7, 'deliveryTerms.place', text(80))),
]);

/** TD5: who carries the goods. */
export const carrier: Rule<{ carrier?: Carrier | undefined }> = segment('TD5', [
  qualified(2, '2', at(3, 'carrier.code', whole(80))),
  at(5, 'carrier.name', text(35)),
]);

/** SAC of an allowance or a charge. SAC05 is N2; a SAC without it is left, and so refused, since a percentage alone needs reckoning. */
export const adjustments: Rule<{ adjustments?: Adjustment[] | undefined }> = list(
  'adjustments',
  'SAC',
  [
    key(1, 'type', word({ allowance: 'A', charge: 'C' })),
    filler(2, 'ZZZZ'),
    at(2, 'reason', code('reasons', REASONS)),
    key(5, 'amount', magnitude(n2(15))),
    qualified(6, '3', at(7, 'percent', real(6, 'positive'))),
    at(15, 'description', text(80)),
  ],
  25,
);

/** A note as N9 with MSG. */
export const note: Rule<{ note?: string | undefined }> = loop('N9', [
  opening('N9', [fixed(1, 'L1'), filler(2, 'NOTE')]),
  segment('MSG', [at(1, 'note', text(264))]),
]);

/** PID in free form. */
export const description: Rule<{ description?: string | undefined }> = segment('PID', [
  fixed(1, 'F'),
  at(5, 'description', text(80)),
]);
