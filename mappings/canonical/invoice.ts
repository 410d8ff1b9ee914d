import { z } from 'zod';
import { Adjustment, DeliveryTerms, ItemId, Party, PaymentTerms, Reference, TradePartner } from './trade.ts';
import { CurrencyCode, Day, DecimalText, PriceBasis } from './values.ts';

/** Seen from the issuer: a credit note lowers what the buyer owes, a debit note raises it. */
export const INVOICE_TYPES = ['invoice', 'creditNote', 'debitNote', 'prepayment', 'refund'] as const;

/** Taxes that are not VAT. */
const OTHER_TAXES = ['sales', 'stateSales', 'goodsAndServices', 'environmental'] as const;

const Line = z.strictObject({
  number: z.string().optional(),
  item: z.string().optional(),
  ids: z.array(ItemId).min(1).optional(),
  description: z.string().optional(),
  quantity: DecimalText.optional(),
  unit: z.string().optional(),
  unitPrice: DecimalText.optional(),
  priceBasis: PriceBasis.optional(),
  /** Quantity times price less discount, adjustments of the line included, in the currency of the invoice. */
  amount: DecimalText.optional(),
  adjustments: z.array(Adjustment).min(1).optional(),
  account: z.string().optional(),
  /** The joined segment string, as Visma.net shows it. */
  subaccount: z.string().optional(),
  vatCode: z.string().optional(),
  branch: z.string().optional(),
  project: z.string().optional(),
  projectTask: z.string().optional(),
  orderNumber: z.string().optional(),
  orderLine: z.string().optional(),
  note: z.string().optional(),
});

const Tax = z.strictObject({
  code: z.string().optional(),
  /** Of a tax that is not VAT. */
  type: z.enum(OTHER_TAXES).optional(),
  /** In percent, `25`. */
  rate: DecimalText.optional(),
  /** Absent where the invoice does not state it. */
  taxable: DecimalText.optional(),
  amount: DecimalText,
});

const header = {
  kind: z.literal('Invoice'),
  type: z.enum(INVOICE_TYPES),
  /** The number the issuer printed on it; a supplier invoice keyed without one has none. */
  number: z.string().optional(),
  /** The number the ERP gave it. */
  voucherNumber: z.string().optional(),
  date: Day,
  dueDate: Day.optional(),
  /** Financial period, YYYYMM. */
  period: z.string().optional(),
  currency: CurrencyCode.optional(),
  orderNumber: z.string().optional(),
  orderDate: Day.optional(),
  deliveredOn: Day.optional(),
  status: z.string().optional(),
  description: z.string().optional(),
  buyerReference: z.string().optional(),
  /** KID, OCR or another payment reference. */
  paymentReference: z.string().optional(),
  creditTerms: z.string().optional(),
  branch: z.string().optional(),
  note: z.string().optional(),
  /** With VAT, in `currency`. All amounts of a credit note are positive: `type` says the direction. */
  total: DecimalText.optional(),
  netTotal: DecimalText.optional(),
  vatTotal: DecimalText.optional(),
  /** What is still open, in `currency`. */
  balance: DecimalText.optional(),
  parties: z.array(Party).min(1).optional(),
  references: z.array(Reference).min(1).optional(),
  paymentTerms: PaymentTerms.optional(),
  deliveryTerms: DeliveryTerms.optional(),
  /** On the invoice as a whole, beside its lines; part of the net total. */
  adjustments: z.array(Adjustment).min(1).optional(),
  lines: z.array(Line),
  taxes: z.array(Tax),
};

export const SupplierInvoice = z.strictObject({ ...header, direction: z.literal('supplier'), supplier: TradePartner });
const CustomerInvoice = z.strictObject({ ...header, direction: z.literal('customer'), customer: TradePartner });

/** A claim for payment: from a supplier to us (`supplier`), or from us to a customer (`customer`). */
export const Invoice = z.discriminatedUnion('direction', [SupplierInvoice, CustomerInvoice]);

export type Invoice = z.infer<typeof Invoice>;
export type SupplierInvoice = z.infer<typeof SupplierInvoice>;
export type CustomerInvoice = z.infer<typeof CustomerInvoice>;
export type InvoiceLine = z.infer<typeof Line>;
export type InvoiceType = (typeof INVOICE_TYPES)[number];
export type OtherTax = (typeof OTHER_TAXES)[number];
