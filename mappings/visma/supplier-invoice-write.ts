import type { InvoiceLine, InvoiceType, SupplierInvoice } from '../canonical/invoice.ts';
import { present } from '../canonical/present.ts';
import { withToken } from './token-mark.ts';

/** Visma.net names adjustments after the side of accounts payable that they book: a supplier's credit note debits it. */
const DOCUMENT_TYPES = {
  invoice: 'Invoice',
  creditNote: 'DebitAdj',
  debitNote: 'CreditAdj',
  prepayment: 'Prepayment',
  refund: 'Refund',
} as const satisfies Record<InvoiceType, string>;

/** What Visma.net calls the type of an invoice. */
export function documentTypeOf({ type }: Pick<SupplierInvoice, 'type'>): string {
  return DOCUMENT_TYPES[type];
}

/** How a supplier invoice is written. */
export interface InvoiceWriteSettings {
  /** The field that carries our token, by which the document is found again after a lost answer. */
  readonly tokenField: 'note' | 'description';
  /** A document on hold waits for a person before it can be released. */
  readonly hold: boolean;
  /** `send`: Visma.net refuses a document that does not add up to its stated total. */
  readonly totals: 'send' | 'leave';
}

/** What the invoice takes from elsewhere. `rounding`: what its total has beyond net and VAT. */
interface InvoiceContext {
  readonly token: string;
  readonly rounding: string;
  /** Of every subaccount that the lines name. */
  readonly segments: ReadonlyMap<string, readonly { readonly segmentId: number; readonly segmentValue: string }[]>;
}

/** Lengths that every field of these takes: Visma.net publishes none. */
const LIMITS = { note: 2000, description: 150 } as const;

/**
 * The body that creates a supplier invoice, unwrapped. The supplier's own number stays what it is; the token travels in a
 * free field.
 */
export function supplierInvoiceCreate(
  invoice: SupplierInvoice,
  { tokenField, hold, totals }: InvoiceWriteSettings,
  { token, rounding, segments }: InvoiceContext,
) {
  const { total } = invoice;
  return {
    documentType: documentTypeOf(invoice),
    supplierNumber: invoice.supplier.number,
    hold,
    date: invoice.date,
    ...present({
      supplierReference: invoice.number,
      dueDate: invoice.dueDate,
      financialPeriod: invoice.period,
      currencyId: invoice.currency,
      description: invoice.description?.slice(0, LIMITS.description),
      note: invoice.note,
      paymentRefNo: invoice.paymentReference,
      creditTermsId: invoice.creditTerms,
      branchNumber: invoice.branch,
      ...(rounding === '0' ? {} : { roundingDiffInCurrency: Number(rounding) }),
      ...(totals === 'leave' || total === undefined ? {} : { amount: Number(total) }),
    }),
    [tokenField]: withToken(invoice[tokenField], token, LIMITS[tokenField]),
    invoiceLines: invoice.lines.map((line) => lineOf(line, segments)),
  };
}

function lineOf(line: InvoiceLine, segments: InvoiceContext['segments']) {
  const { quantity, unitPrice, amount, subaccount, orderNumber, orderLine } = line;
  return {
    operation: 'Insert' as const,
    ...present({
      inventoryNumber: line.item,
      transactionDescription: line.description,
      quantity: quantity === undefined ? undefined : Number(quantity),
      uom: line.unit,
      unitCostInCurrency: unitPrice === undefined ? undefined : Number(unitPrice),
      costInCurrency: amount === undefined ? undefined : Number(amount),
      accountNumber: line.account,
      subaccount: subaccount === undefined ? undefined : segments.get(subaccount),
      vatCodeId: line.vatCode,
      branchNumber: line.branch,
      projectId: line.project,
      projectTaskId: line.projectTask,
      note: line.note,
      linkLine: orderNumber === undefined || orderLine === undefined ? undefined : orderLink(orderNumber, orderLine),
    }),
  };
}

function orderLink(purchaseNumber: string, line: string) {
  return { purchaseType: 'PurchaseOrder' as const, purchaseNumber, purchaseLineNbr: Number(line) };
}
