import { type CustomerInvoice, Invoice, type InvoiceLine, type SupplierInvoice } from '../canonical/invoice.ts';
import { code, freeCode, identifier, pattern, text, whole, word } from '../edi/codec.ts';
import { turnCreditSigns } from '../edi/credit-signs.ts';
import { day } from '../edi/days.ts';
import { real } from '../edi/decimals.ts';
import { defineMap } from '../edi/define-map.ts';
import { Draft } from '../edi/draft.ts';
import { reckonInvoice } from '../edi/invoice-sums.ts';
import { at, demand, filler, fixed, key, must } from '../edi/parts.ts';
import type { Rule } from '../edi/rule.ts';
import { count, header, list, loops, segment, within } from '../edi/rules.ts';
import { n2 } from './codecs.ts';
import { TAXES } from './codes.ts';
import { itemNumbers } from './item-numbers.ts';
import { parties, partner } from './parties.ts';
import { priceAt } from './price-part.ts';
import { X12 } from './standard.ts';
import { adjustments, currency, date, deliveryTerms, description, references } from './trade-rules.ts';

const line: readonly Rule<InvoiceLine>[] = [
  segment<InvoiceLine>('IT1', [
    at(1, 'number', whole(20)),
    must(2, 'quantity', real(10)),
    must(3, 'unit', freeCode('units', 2)),
    priceAt(4),
    itemNumbers(6, 10),
  ]),
  description,
  segment('REF', [fixed(1, 'PO'), key(2, 'orderNumber', whole(30))]),
  segment('REF', [fixed(1, 'LI'), key(2, 'orderLine', whole(30))]),
  adjustments,
];

/** TXI of a tax that is added. TXI01 without a name here is VAT. */
const taxes: Rule<Invoice> = list(
  'taxes',
  'TXI',
  [
    filler(1, 'VA'),
    at(1, 'type', code('taxes', TAXES)),
    key(2, 'amount', real(18)),
    at(3, 'rate', real(10)),
    demand(7, 'A'),
    at(8, 'taxable', real(9)),
  ],
  10,
);

/** 810: an invoice, credit note (BIG07 CR) or debit note. TDS01 to TDS04 are N2. */
export const INVOICE_810 = defineMap<Invoice>({
  standard: X12,
  set: '810',
  kind: 'Invoice',
  schema: Invoice,
  begins: ({ terms }) => ({ kind: 'Invoice', direction: terms.direction, lines: [], taxes: [] }),
  implied: ['kind', 'direction', 'lines.amount', 'netTotal', 'vatTotal'],
  needs: ['number', 'total'],
  rules: [
    header('BIG', [
      must(1, 'date', day),
      must(2, 'number', identifier(22)),
      at(3, 'orderDate', day),
      at(4, 'orderNumber', identifier(22)),
      must(7, 'type', word({ invoice: ['DI', 'PR', 'CI'], creditNote: ['CR', 'CN'], debitNote: 'DR' })),
      demand(8, '00'),
    ]),
    segment('NTE', [filler(1, 'GEN'), at(2, 'note', text(80))]),
    currency('SE'),
    references,
    onlyFor('supplier', within('supplier', [partner(['SU', 'SE', 'VN'], 'buyer')])),
    onlyFor('customer', within('customer', [partner(['BY'], 'supplier')])),
    parties,
    segment('ITD', [
      at(3, 'paymentTerms.discountPercent', real(6, 'positive')),
      at(5, 'paymentTerms.discountDays', pattern(/^\d{1,3}$/)),
      at(6, 'dueDate', day),
      at(7, 'paymentTerms.netDays', pattern(/^\d{1,3}$/)),
      at(8, 'paymentTerms.discountAmount', n2(10)),
      at(12, 'creditTerms', text(80)),
    ]),
    date('deliveredOn', '035'),
    deliveryTerms,
    loops('lines', 'IT1', line, 200_000),
    segment('TDS', [
      must(1, 'total', n2(15)),
      at(2, 'paymentTerms.discountable', n2(15)),
      at(3, 'paymentTerms.discountedTotal', n2(15)),
      at(4, 'paymentTerms.discountAmount', n2(10)),
    ]),
    taxes,
    adjustments,
    count('CTT', 1, 'IT1'),
  ],
  settle(draft, work) {
    if (draft.get('type') === undefined) draft.set('type', 'invoice');
    turnCreditSigns(draft, work.terms);
    reckonInvoice(draft, work, 'note');
  },
  prepare(document, work) {
    const members = { ...structuredClone(document) };
    const draft = new Draft<Invoice>(members);
    for (const one of draft.items('lines')) completeLine(one, work.terms.defaultUnit);
    reckonInvoice(draft, work, 'reject');
    turnCreditSigns(draft, work.terms);
    return members;
  },
});

/** A line that is an amount only becomes one of something: IT1 has no place for the amount itself. */
function completeLine(line: Draft<InvoiceLine>, unit: string): void {
  const amount = line.get('amount');
  if (line.get('unit') === undefined) line.set('unit', unit);
  if (line.get('quantity') !== undefined || line.get('unitPrice') !== undefined || amount === undefined) return;
  line.set('quantity', '1');
  line.set('unitPrice', amount);
}

function onlyFor(direction: Invoice['direction'], rule: Rule<SupplierInvoice> | Rule<CustomerInvoice>): Rule<Invoice> {
  return {
    ...rule,
    read(from, into, work) {
      if (work.terms.direction === direction) rule.read(from, into, work);
    },
  };
}
