import { Big } from 'big.js';
import { plainDecimal } from '../canonical/decimal.ts';
import { roundedAmount } from '../canonical/money.ts';
import type { Adjustment, Carrier, DeliveryTerms, PaymentTerms, Reference, ReferenceType } from '../canonical/trade.ts';
import { byRelease, code, freeCode, pattern, text, whole, word } from '../edi/codec.ts';
import { magnitude } from '../edi/decimals.ts';
import { at, filler, fixed, key, must, under } from '../edi/parts.ts';
import type { PathOf } from '../edi/paths.ts';
import type { Part, Rule } from '../edi/rule.ts';
import { firstOf, list, loop, loops, readRules, segment } from '../edi/rules.ts';
import { wrapped } from '../edi/wrapped-text.ts';
import { number } from './codecs.ts';
import { REASONS, REFERENCES } from './codes.ts';
import { date } from './dates.ts';
import { opens, opensAny } from './opens.ts';
import { D01B } from './standard.ts';

/** 5004 in C516 of D.96A. */
const AMOUNT_DIGITS = 18;

/** CUX 2: the currency of the document. `usage`: 9 for orders, 4 for invoices, 11 for payments. */
export function currency(usage: '9' | '4' | '11'): Rule<{ currency?: string | undefined }> {
  return loop('CUX', [
    segment('CUX', [fixed([1, 1], '2'), key([1, 2], 'currency', pattern(/^[A-Z]{3}$/)), filler([1, 3], usage)]),
  ]);
}

/** RFF of the types that are known, without those that are fields of their own. */
export function references(...own: ReferenceType[]): Rule<{ references?: Reference[] | undefined }> {
  const others = Object.entries(REFERENCES).filter(([type]) => !own.some((one) => one === type));
  return list('references', 'RFF', [
    key([1, 1], 'type', code('references', Object.fromEntries(others))),
    key([1, 2], 'value', byRelease(whole(35), { [D01B]: whole(70) })),
  ]);
}

/** MOA with one qualifier (5025). The first one is written. */
export function amount<S>(path: PathOf<S>, ...qualifiers: [string, ...string[]]): Rule<S> {
  return segment('MOA', [fixed([1, 1], ...qualifiers), at([1, 2], path, number(AMOUNT_DIGITS))]);
}

/** 4440 in C108. */
const TEXT = { element: 4, count: 5, width: 70, widths: { [D01B]: 512 } } as const;

interface Noted {
  readonly note?: string | undefined;
}

const noteText = wrapped<Noted>({ path: 'note', ...TEXT });

/** FTX of a general note; without one, how to deliver or what the supplier remarks. */
export const note: Rule<Noted> = firstOf<Noted>(
  'note',
  segment('FTX', [fixed(1, 'AAI', 'PUR', 'ZZZ'), noteText]),
  segment('FTX', [fixed(1, 'DIN', 'DEL', 'SUR'), noteText]),
);

/** FTX AAB: terms of payment in words. */
export const creditTerms: Rule<{ creditTerms?: string | undefined }> = segment('FTX', [
  fixed(1, 'AAB'),
  wrapped({ path: 'creditTerms', ...TEXT }),
]);

interface Described {
  readonly description?: string | undefined;
}

/** 7008 in C273. */
const describingText = wrapped<Described>({
  path: 'description',
  ...{ element: 3, first: 4, count: 2, width: 35, widths: { [D01B]: 256 } },
});

/** IMD in free form; without one, a short form (E), or the text beside a code (B). */
export const description: Rule<Described> = firstOf<Described>(
  'description',
  segment('IMD', [fixed(1, 'F', 'A'), describingText]),
  segment('IMD', [fixed(1, 'E', 'B'), describingText]),
);

interface Counted {
  readonly quantity?: string | undefined;
  readonly unit?: string | undefined;
}

/** QTY of one kind, without which a line makes no sense. */
export function quantity(qualifier: string, ...others: string[]): Rule<Counted> {
  return segment('QTY', [
    fixed([1, 1], qualifier, ...others),
    must([1, 2], 'quantity', number(15)),
    at([1, 3], 'unit', freeCode('units', 3)),
  ]);
}

/** QTY 47, or what was delivered (46): goods by weight have both. A line may be an amount only. */
export const invoicedQuantity: Rule<Counted> = firstOf<Counted>('quantity', quantityUnder('47'), quantityUnder('46'));

function quantityUnder(qualifier: string): Rule<Counted> {
  return segment<Counted>('QTY', [
    fixed([1, 1], qualifier),
    key([1, 2], 'quantity', number(15)),
    at([1, 3], 'unit', freeCode('units', 3)),
  ]);
}

interface WithTerms {
  readonly paymentTerms?: PaymentTerms | undefined;
}

interface WithDueDate extends WithTerms {
  readonly dueDate?: string | undefined;
}

/** So many days (D) after (3) the date of the invoice (5). */
function days<S>(path: PathOf<S>): readonly Part<S>[] {
  return [filler([3, 1], '5'), filler([3, 2], '3'), under([3, 3], ['D'], at([3, 4], path, pattern(/^\d{1,3}$/)))];
}

/** PAT 1: net terms. */
export const netTerms: Rule<WithTerms> = loop('PAT', [
  segment<WithTerms>('PAT', [opens(1, '1', 'paymentTerms.netDays'), ...days<WithTerms>('paymentTerms.netDays')]),
]);

/** PAT 1 with the day when it is due. */
export const netTermsAndDueDate: Rule<WithDueDate> = loop('PAT', [
  segment<WithDueDate>('PAT', [
    { ...opens(1, '1', 'paymentTerms.netDays', 'dueDate'), matches: (pat) => ['1', '3'].includes(pat.see(1)) },
    ...days<WithDueDate>('paymentTerms.netDays'),
  ]),
  date('dueDate', '13', '140'),
]);

/** PAT 22: discount for early payment. */
export const discountTerms: Rule<WithTerms> = loop('PAT', [
  segment<WithTerms>('PAT', [
    opens(1, '22', 'paymentTerms.discountDays', 'paymentTerms.discountPercent', 'paymentTerms.discountAmount'),
    ...days<WithTerms>('paymentTerms.discountDays'),
  ]),
  segment<WithTerms>('PCD', [
    fixed([1, 1], '12', '1'),
    key([1, 2], 'paymentTerms.discountPercent', number(10, 'positive')),
  ]),
  amount<WithTerms>('paymentTerms.discountAmount', '52', '21'),
]);

interface WithDelivery {
  readonly deliveryTerms?: DeliveryTerms | undefined;
}

/** TOD with an Incoterms code. */
export const deliveryTerms: Rule<WithDelivery> = loop('TOD', [
  segment<WithDelivery>('TOD', [
    opensAny(1, '6', 'deliveryTerms.code', 'deliveryTerms.place'),
    at([3, 1], 'deliveryTerms.code', whole(3)),
  ]),
  segment<WithDelivery>('LOC', [fixed(1, '1'), key([2, 4], 'deliveryTerms.place', text(70))]),
]);

/** TDT 20, the main carriage: who carries the goods. */
export const carrier: Rule<{ carrier?: Carrier | undefined }> = loop('TDT', [
  segment('TDT', [fixed(1, '20'), at([5, 1], 'carrier.code', whole(17)), at([5, 4], 'carrier.name', text(35))]),
]);

const AMOUNTS_OF_ADJUSTMENT: readonly [string, ...string[]] = ['8', '23', '204'];

/** Not negative, but for a credit note of a partner who writes these so. */
const adjustmentAmount = magnitude(number(AMOUNT_DIGITS));

const percentage = number(10, 'positive');

const adjustment: Rule<Adjustment> = segment<Adjustment>('ALC', [
  key(1, 'type', word({ allowance: 'A', charge: 'C' })),
  at([5, 1], 'reason', code('reasons', REASONS)),
  at([5, 4], 'description', text(35)),
]);

const adjustmentPercent = segment<Adjustment>('PCD', [
  fixed([1, 1], '3', '1', '2'),
  key([1, 2], 'percent', percentage),
]);

/** MOA 25: what the percentage is of. It is taken where that comes to the amount, and else left, and so refused. */
const adjustmentBasis: Rule<Adjustment> = {
  carries: [],
  matches: () => true,
  read(from, into, work) {
    const moa = from.segments('MOA').find((one) => one.see(1, 1) === '25');
    const [percent, amount] = [into.get('percent'), into.get('amount')];
    const whole = moa === undefined ? undefined : adjustmentAmount.read(moa.see(1, 2), work);
    if (moa === undefined || whole === undefined || percent === undefined || amount === undefined) return;
    const reckoned = roundedAmount(new Big(whole).times(percent).div(100), undefined);
    if (new Big(reckoned).minus(amount).abs().gt(work.terms.tolerance)) return;
    moa.take(1, 1);
    moa.take(1, 2);
  },
  write: () => undefined,
};

/** ALC with its MOA. One that has a percentage only needs reckoning, and is left. */
export const adjustments: Rule<{ adjustments?: Adjustment[] | undefined }> = loops(
  'adjustments',
  'ALC',
  [
    {
      ...adjustment,
      matches(from, work) {
        const amounts = from.segments('MOA').filter((moa) => AMOUNTS_OF_ADJUSTMENT.includes(moa.see(1, 1)));
        return amounts.length === 1 && adjustment.matches(from, work);
      },
    },
    adjustmentPercent,
    segment<Adjustment>('MOA', [fixed([1, 1], ...AMOUNTS_OF_ADJUSTMENT), at([1, 2], 'amount', adjustmentAmount)]),
    adjustmentBasis,
  ],
  15,
);

interface Amounting {
  readonly quantity?: string | undefined;
  readonly unitPrice?: string | undefined;
  readonly amount?: string | undefined;
  readonly adjustments?: Adjustment[] | undefined;
}

/**
 * The only ALC of a line, where it has a percentage and no MOA: it is that of quantity times price, if the amount of the line says so
 * too. Any other is left, and so refused.
 */
export const adjustmentInPercent: Rule<Amounting> = {
  carries: [],
  matches: () => true,
  read(from, into, work) {
    const [only, ...others] = from.loops('ALC');
    const [quantity, price, amount] = [into.get('quantity'), into.get('unitPrice'), into.get('amount')];
    if (only === undefined || others.length + into.items('adjustments').length > 0) return;
    const percent = percentage.read(only.segments('PCD')[0]?.see(1, 2) ?? '', work);
    if (only.segments('MOA').length > 0 || percent === undefined) return;
    if (quantity === undefined || price === undefined || amount === undefined) return;
    const gross = new Big(quantity).times(price);
    const reckoned = new Big(roundedAmount(gross.times(percent).div(100), undefined));
    const isAllowance = only.segments('ALC')[0]?.see(1) === 'A';
    const whole = new Big(roundedAmount(gross, undefined)).plus(isAllowance ? reckoned.times(-1) : reckoned);
    if (whole.minus(amount).abs().gt(work.terms.tolerance)) return;
    const added = into.add('adjustments');
    readRules(only, [adjustment, adjustmentPercent], added, work);
    added.set('amount', plainDecimal(reckoned));
  },
  write: () => undefined,
};
