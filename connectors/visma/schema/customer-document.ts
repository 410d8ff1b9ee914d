import { z } from 'zod';
import { account, amount, count, described, flag, numbered, subaccount, taxDetail, text, versioned } from './parts.ts';

const line = z.object({
  lineNumber: count,
  inventoryNumber: text,
  description: text,
  quantity: amount,
  uom: text,
  unitPrice: amount,
  unitPriceInCurrency: amount,
  manualAmount: amount,
  manualAmountInCurrency: amount,
  amount,
  amountInCurrency: amount,
  discountPercent: amount,
  account,
  subaccount,
  vatCode: described,
  deferralCode: text,
  branchNumber: numbered,
  projectTask: described,
  soOrderNbr: text,
  soShipmentNbr: text,
  note: text,
});

/** What invoices, credit notes and debit notes of customers have in common. */
const header = {
  customer: z.object({ internalId: count, number: text, name: text }).nullish(),
  documentType: text,
  referenceNumber: z.string(),
  externalReference: text,
  customerRefNumber: text,
  paymentReference: text,
  documentDate: text,
  documentDueDate: text,
  origInvoiceDate: text,
  postPeriod: text,
  financialPeriod: text,
  status: text,
  hold: flag,
  currencyId: text,
  exchangeRate: amount,
  amount,
  amountInCurrency: amount,
  balance: amount,
  balanceInCurrency: amount,
  vatTotal: amount,
  vatTotalInCurrency: amount,
  creditTerms: described,
  paymentMethod: described,
  branchNumber: numbered,
  project: described,
  account,
  subaccount,
  invoiceText: text,
  note: text,
  taxDetails: z.array(taxDetail).nullish(),
  createdDateTime: text,
  ...versioned,
};

export const customerInvoiceSchema = z.object({ ...header, invoiceLines: z.array(line).nullish() });

export type VismaCustomerInvoice = z.infer<typeof customerInvoiceSchema>;

/** A credit note or a debit note: its lines are called `lines`, not `invoiceLines`. */
export const customerNoteSchema = z.object({ ...header, lines: z.array(line).nullish() });

export type VismaCustomerNote = z.infer<typeof customerNoteSchema>;
