import { type CustomerInvoice, Invoice, type InvoiceLine, type SupplierInvoice } from '../canonical/invoice.ts';
import { identifier, whole, word } from '../edi/codec.ts';
import { turnCreditSigns } from '../edi/credit-signs.ts';
import { defineMap } from '../edi/define-map.ts';
import { Draft } from '../edi/draft.ts';
import { reckonInvoice } from '../edi/invoice-sums.ts';
import { at, demand, filler, fixed, key, must } from '../edi/parts.ts';
import type { Rule } from '../edi/rule.ts';
import { header, loop, loops, readOnly, segment, within } from '../edi/rules.ts';
import { INVOICES } from './codes.ts';
import { date } from './dates.ts';
import { currencyOfAmounts, lineCount, numbered, sumsFollow } from './frame-rules.ts';
import { invoiceSums } from './invoice-sums-rule.ts';
import { additionalItems, itemInLine } from './item-numbers.ts';
import { CUSTOMER, parties, partner, SUPPLIER } from './parties.ts';
import { linePrice } from './price-rule.ts';
import { D01B, D96A, EDIFACT } from './standard.ts';
import { taxesRead, taxesWritten } from './tax-rules.ts';
import {
  adjustmentInPercent,
  adjustments,
  amount,
  creditTerms,
  currency,
  deliveryTerms,
  description,
  discountTerms,
  invoicedQuantity,
  netTermsAndDueDate,
  note,
  references,
} from './trade-rules.ts';

const line: readonly Rule<InvoiceLine>[] = [
  segment<InvoiceLine>('LIN', [at(1, 'number', whole(6)), itemInLine]),
  additionalItems,
  description,
  invoicedQuantity,
  note,
  amount('amount', '203'),
  linePrice,
  segment('RFF', [fixed([1, 1], 'ON'), key([1, 2], 'orderNumber', whole(35)), at([1, 3], 'orderLine', whole(6))]),
  adjustments,
  adjustmentInPercent,
];

/** INVOIC: an invoice, credit note, debit note or prepayment, as 1001 says; copies are refused. */
export const INVOIC = defineMap<Invoice>({
  standard: EDIFACT,
  set: 'INVOIC',
  kind: 'Invoice',
  schema: Invoice,
  begins: ({ terms }) => ({ kind: 'Invoice', direction: terms.direction, lines: [], taxes: [] }),
  releases: [D96A, D01B],
  implied: ['kind', 'direction', 'netTotal', 'vatTotal'],
  rules: [
    header('BGM', [
      must([1, 1], 'type', word(INVOICES)),
      must(2, 'number', identifier(35)),
      filler(3, '9'),
      demand(3, '9'),
    ]),
    date('date', '137', '3'),
    date('deliveredOn', '35'),
    readOnly(date('dueDate', '13', '140')),
    note,
    creditTerms,
    loop('RFF', [
      segment('RFF', [fixed([1, 1], 'ON'), at([1, 2], 'orderNumber', identifier(35))]),
      date('orderDate', '171', '4'),
    ]),
    segment('RFF', [fixed([1, 1], 'PQ'), at([1, 2], 'paymentReference', identifier(35))]),
    references(),
    onlyFor('supplier', within('supplier', [partner(SUPPLIER)])),
    onlyFor('customer', within('customer', [partner(CUSTOMER)])),
    parties,
    taxesRead,
    currency('4'),
    netTermsAndDueDate,
    discountTerms,
    deliveryTerms,
    adjustments,
    loops('lines', 'LIN', line, 9_999_999),
    sumsFollow(),
    lineCount(),
    amount('paymentTerms.discountable', '129'),
    invoiceSums,
    taxesWritten,
    currencyOfAmounts,
  ],
  prepare(document, work) {
    const members = structuredClone({ ...document, lines: numbered(document.lines) });
    const draft = new Draft<Invoice>(members);
    reckonInvoice(draft, work, 'reject');
    turnCreditSigns(draft, work.terms);
    return members;
  },
});

function onlyFor(direction: Invoice['direction'], rule: Rule<SupplierInvoice> | Rule<CustomerInvoice>): Rule<Invoice> {
  return {
    ...rule,
    read(from, into, work) {
      if (work.terms.direction === direction) rule.read(from, into, work);
    },
  };
}
