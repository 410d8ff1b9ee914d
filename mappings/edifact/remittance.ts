import { Big } from 'big.js';
import { plainDecimal } from '../canonical/decimal.ts';
import { sumOf } from '../canonical/money.ts';
import { Remittance, type Settlement } from '../canonical/remittance.ts';
import { freeCode, identifier, whole, word } from '../edi/codec.ts';
import { defineMap } from '../edi/define-map.ts';
import { Draft } from '../edi/draft.ts';
import { at, demand, filler, fixed, key, must } from '../edi/parts.ts';
import type { ItemOf } from '../edi/paths.ts';
import { checkPayment } from '../edi/payment-sums.ts';
import { inDocument, type Rule, type Work } from '../edi/rule.ts';
import { header, loops, readOnly, segment, within } from '../edi/rules.ts';
import { wrapped } from '../edi/wrapped-text.ts';
import { number } from './codecs.ts';
import { INVOICES } from './codes.ts';
import { date } from './dates.ts';
import { currencyOfAmounts, documentCode, sumsFollow } from './frame-rules.ts';
import { opensAny } from './opens.ts';
import { PAYEE, partiesOfPayment, partner } from './parties.ts';
import { D96A, EDIFACT } from './standard.ts';
import { takeStated } from './stated-sums.ts';
import { amount, currency, references } from './trade-rules.ts';

type Deduction = ItemOf<Remittance, 'deductions'>;

/** AJT and its MOA: why another amount was paid than was due. */
const deduction: readonly Rule<Deduction>[] = [
  segment<Deduction>('AJT', [opensAny(1, 'ZZZ', 'amount'), at(1, 'reason', whole(3))]),
  amount<Deduction>('amount', '165', '8', '5'),
  segment<Deduction>('RFF', [fixed([1, 1], 'ACE', 'IV'), key([1, 2], 'reference', whole(35))]),
  segment<Deduction>('FTX', [
    fixed(1, 'AAI', 'ABN'),
    wrapped({ path: 'description', element: 4, count: 5, width: 70 }),
  ]),
];

const types = word(INVOICES);

const settlement: readonly Rule<Settlement>[] = [
  segment<Settlement>('DOC', [key([1, 1], 'type', types), must([2, 1], 'invoice', identifier(35))]),
  amount<Settlement>('invoiced', '9', '77', '39'),
  segment<Settlement>('MOA', [fixed([1, 1], '12'), must([1, 2], 'amount', number(18))]),
  amount<Settlement>('discount', '52'),
  date('date', '137', '171', '3'),
  segment<Settlement>('RFF', [fixed([1, 1], 'ON'), key([1, 2], 'orderNumber', whole(35))]),
  loops('deductions', 'AJT', deduction, 100),
];

const SUMS = ['139', '86', '12', '9'];

/** MOA of the whole payment, after UNS or, as some write it, in the header. */
const paymentSum: Rule<Remittance> = {
  carries: [{ path: 'total', form: number(18).form }],
  matches: () => true,
  read(from, into, work) {
    const stated = from.segments('MOA').filter((moa) => SUMS.includes(moa.see(1, 1)));
    const main = SUMS.map((code) => stated.find((moa) => moa.see(1, 1) === code)).find((moa) => moa !== undefined);
    const total = main === undefined ? undefined : number(18).read(main.see(1, 2), work);
    if (total === undefined) return;
    into.set('total', total);
    for (const moa of stated)
      takeStated(moa, { sums: [new Big(total)], currency: into.get('currency'), sign: 1 }, work);
  },
  write(from, to, work) {
    segment<Remittance>('MOA', [fixed([1, 1], '12'), must([1, 2], 'total', number(18))]).write(from, to, work);
  },
};

/** REMADV: a payment and the documents it settles. Amounts of credit notes are positive in it, or negative as the partner's terms say. */
export const REMADV = defineMap<Remittance>({
  standard: EDIFACT,
  set: 'REMADV',
  kind: 'Remittance',
  schema: Remittance,
  begins: () => ({ kind: 'Remittance' }),
  releases: [D96A],
  implied: ['kind'],
  rules: [
    header('BGM', [documentCode('481'), must(2, 'number', identifier(35)), filler(3, '9'), demand(3, '9')]),
    readOnly(date('date', '203', '209')),
    date('date', '137'),
    references(),
    segment('PAI', [at([1, 3], 'paymentMethod', freeCode('paymentMethods', 3))]),
    segment('FTX', [fixed(1, 'AAI'), wrapped({ path: 'description', element: 4, count: 5, width: 70 })]),
    within('supplier', [partner(PAYEE)]),
    partiesOfPayment,
    currency('11'),
    loops('settlements', 'DOC', settlement, 9999),
    sumsFollow(),
    paymentSum,
    currencyOfAmounts,
  ],
  settle(draft, work) {
    turnCredits(draft, work);
    for (const one of draft.items('settlements')) turnDeductions(one);
    checkPayment(draft, work);
  },
  prepare(document, work) {
    const { total = plainDecimal(sumOf(document.settlements.map((one) => one.amount))) } = document;
    const members = structuredClone({ ...document, total });
    const draft = new Draft<Remittance>(members);
    if (document.deductions !== undefined) {
      const message = 'REMADV has no place for a deduction that belongs to no document.';
      work.tell({ ...inDocument('deductions'), severity: 'reject', code: 'value-unfit', message });
    }
    checkPayment(draft, work);
    turnCredits(draft, work);
    return members;
  },
});

/** Ours are negative: a credit note lowers what is paid. */
function turnCredits(payment: Draft<Remittance>, { terms }: Work): void {
  if (terms.creditAmounts === 'negative') return;
  for (const one of payment.items('settlements').filter((settled) => settled.get('type') === 'creditNote')) {
    for (const path of ['amount', 'invoiced', 'discount'] as const) negate(one, path);
    for (const deducted of one.items('deductions')) negate(deducted, 'amount');
  }
}

/** Most write a deduction without a sign. It lowers what is paid where that, and only that, explains the payment. */
function turnDeductions(settlement: Draft<Settlement>): void {
  const deductions = settlement.items('deductions');
  const deducted = sumOf(deductions.map((one) => one.get('amount') ?? '0'));
  const [invoiced, amount] = [settlement.get('invoiced'), settlement.get('amount')];
  if (invoiced === undefined || amount === undefined) return;
  const due = new Big(invoiced).minus(settlement.get('discount') ?? 0);
  if (due.plus(deducted).eq(amount) || !due.minus(deducted).eq(amount)) return;
  for (const one of deductions) negate(one, 'amount');
}

function negate<P extends string>(
  draft: { get(path: P): string | undefined; set(path: P, value: string): void },
  path: P,
) {
  const value = draft.get(path);
  if (value !== undefined) draft.set(path, plainDecimal(new Big(value).times(-1)));
}
