import { plainDecimal } from '../canonical/decimal.ts';
import { sumOf } from '../canonical/money.ts';
import { Remittance, type Settlement } from '../canonical/remittance.ts';
import { type Codec, freeCode, identifier, text, whole } from '../edi/codec.ts';
import { day } from '../edi/days.ts';
import { real } from '../edi/decimals.ts';
import { defineMap } from '../edi/define-map.ts';
import { Draft } from '../edi/draft.ts';
import { at, demand, filler, fixed, key, must, qualified } from '../edi/parts.ts';
import type { ItemOf } from '../edi/paths.ts';
import { checkPayment } from '../edi/payment-sums.ts';
import type { Rule } from '../edi/rule.ts';
import { header, loops, readRules, segment, within, writeRules } from '../edi/rules.ts';
import { parties, partner } from './parties.ts';
import { deductionInside, settledDocument } from './settlement-part.ts';
import { X12 } from './standard.ts';
import { currency, date, references } from './trade-rules.ts';

type Deduction = ItemOf<Remittance, 'deductions'>;

/** ADX02 has to be there: ZZ, mutually defined, where there is no reason. A reason of that name is lost. */
const NO_REASON = 'ZZ';
const reason: Codec = {
  ...whole(2),
  form: { kind: 'pattern', pattern: /^(?:[A-Z0-9]|[A-Y0-9][A-Z0-9]|Z[A-Y0-9])$/ },
  write: (value, context) => (value === NO_REASON ? undefined : whole(2).write(value, context)),
};

const deduction: readonly Rule<Deduction>[] = [
  segment<Deduction>('ADX', [
    must(1, 'amount', real(18)),
    filler(2, NO_REASON),
    at(2, 'reason', reason),
    qualified(3, 'CM', at(4, 'reference', whole(30))),
  ]),
  segment('NTE', [at(2, 'description', text(80))]),
];

const settlement: readonly Rule<Settlement>[] = [
  segment<Settlement>('RMR', [
    settledDocument,
    must(4, 'amount', real(18)),
    at(5, 'invoiced', real(18)),
    at(6, 'discount', real(18)),
    deductionInside,
  ]),
  segment('REF', [fixed(1, 'VV'), key(2, 'voucher', whole(30))]),
  segment('REF', [fixed(1, 'PO'), key(2, 'orderNumber', whole(30))]),
  date('date', '003'),
  loops('deductions', 'ADX', deduction),
];

const settled: readonly Rule<Remittance>[] = [
  loops('deductions', 'ADX', deduction),
  loops('settlements', 'RMR', settlement),
];

/** What is settled, in any number of ENT loops or in none. It is written in one. */
const entities: Rule<Remittance> = {
  carries: settled.flatMap(({ carries }) => carries),
  matches: () => true,
  read(from, into, work) {
    const loopsOfEntities = from.loops('ENT');
    for (const ent of from.segments('ENT')) ent.take(1);
    for (const holder of [from, ...loopsOfEntities]) readRules(holder, settled, into, work);
  },
  write(from, to, work) {
    to.push({ tag: 'ENT', elements: ['1'] });
    writeRules(settled, from, to, work);
  },
};

/** 820: a payment and what it settles. BPR03 D would be money that is drawn, not paid. */
export const REMITTANCE_820 = defineMap<Remittance>({
  standard: X12,
  set: '820',
  kind: 'Remittance',
  schema: Remittance,
  begins: () => ({ kind: 'Remittance' }),
  implied: ['kind'],
  needs: ['number', 'total'],
  rules: [
    header('BPR', [
      filler(1, 'I'),
      must(2, 'total', real(18)),
      filler(3, 'C'),
      demand(3, 'C'),
      filler(4, 'NON'),
      at(4, 'paymentMethod', freeCode('paymentMethods', 3)),
      must(16, 'date', day),
    ]),
    segment('NTE', [at(2, 'description', text(80))]),
    segment('TRN', [filler(1, '1'), must(2, 'number', identifier(30))]),
    currency('PR'),
    references,
    within('supplier', [partner(['PE'], 'buyer')]),
    parties,
    entities,
  ],
  settle: checkPayment,
  prepare(document, work) {
    const parts = [...document.settlements, ...(document.deductions ?? [])];
    const total = document.total ?? plainDecimal(sumOf(parts.map(({ amount }) => amount)));
    const prepared = { ...document, total };
    checkPayment(new Draft<Remittance>(prepared), work);
    return prepared;
  },
});
