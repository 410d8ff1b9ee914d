import { SupplierInvoice } from '../canonical/invoice.ts';
import { identifier, word } from '../edi/codec.ts';
import { day } from '../edi/days.ts';
import { defineReadingMap } from '../edi/define-map.ts';
import { at, must } from '../edi/parts.ts';
import { header, loop, segment } from '../edi/rules.ts';
import { fileHeader, location, redundant } from './file-header.ts';
import { invoiceSums } from './invoice-sums-rule.ts';
import { narrative } from './narrative.ts';
import { ordersAndLines } from './order-and-delivery.ts';
import { settlementTerms } from './payment-terms.ts';
import { HEADER, TRADACOMS } from './standard.ts';

/**
 * INVOIC of an invoice file, with what its INVFIL says of all of them: TYP 0700 are invoices, 0740 credit notes; copies (0709) are
 * refused. Amounts are pounds unless the header names a currency.
 */
export const INVOIC = defineReadingMap<SupplierInvoice>({
  standard: TRADACOMS,
  set: 'INVOIC',
  kind: 'Invoice',
  schema: SupplierInvoice,
  begins: () => ({ kind: 'Invoice', direction: 'supplier', currency: 'GBP', lines: [], taxes: [] }),
  implied: [],
  rules: [
    loop(HEADER, [
      segment<SupplierInvoice>('TYP', [must(1, 'type', word({ invoice: '0700', creditNote: '0740' })), redundant(2)]),
      ...fileHeader,
    ]),
    location,
    header('IRF', [must(1, 'number', identifier(17)), must(2, 'date', day), at(3, 'date', day)]),
    settlementTerms,
    segment<SupplierInvoice>('DNA', [redundant(1), narrative(4)]),
    ordersAndLines,
    invoiceSums,
  ],
});
