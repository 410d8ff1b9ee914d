import { z } from 'zod';
import { Party, Reference, TradePartner } from './trade.ts';
import { CurrencyCode, Day, DecimalText, Key } from './values.ts';

/** A signed amount: negative where it lowers what is paid. `reason`: as the payer codes it. */
const Deduction = z.strictObject({
  amount: DecimalText,
  reason: z.string().optional(),
  reference: z.string().optional(),
  description: z.string().optional(),
});

/** One document that a payment settles, named by the ERP's number for it (`voucher`) or by the one its issuer printed on it. */
const Settlement = z
  .strictObject({
    voucher: z.string().optional(),
    invoice: z.string().optional(),
    type: z.enum(['invoice', 'creditNote', 'debitNote', 'prepayment']).default('invoice'),
    /** Paid of it, in the currency of the payment; negative for a credit note, which lowers what is paid. */
    amount: DecimalText,
    /** Cash discount taken beside the amount. */
    discount: DecimalText.optional(),
    /** What the invoice was for. */
    invoiced: DecimalText.optional(),
    date: Day.optional(),
    orderNumber: z.string().optional(),
    /** Why less, or more, was paid than invoiced, beside the discount. Explains; is part of `amount` already. */
    deductions: z.array(Deduction).min(1).optional(),
  })
  .refine(
    ({ voucher, invoice }) => voucher !== undefined || invoice !== undefined,
    'must name an invoice or a voucher',
  );

/** A payment to a supplier, with the documents it settles. */
export const Remittance = z.strictObject({
  kind: z.literal('Remittance'),
  /** The payer's reference of the payment. */
  number: Key,
  supplier: TradePartner,
  parties: z.array(Party).min(1).optional(),
  references: z.array(Reference).min(1).optional(),
  date: Day,
  currency: CurrencyCode.optional(),
  total: DecimalText.optional(),
  paymentMethod: z.string().optional(),
  /** The bank account it was paid from, as the ERP knows it. */
  cashAccount: z.string().optional(),
  branch: z.string().optional(),
  description: z.string().optional(),
  /** Amounts that settle no document: they are part of `total`. */
  deductions: z.array(Deduction).min(1).optional(),
  settlements: z.array(Settlement).min(1, 'must settle at least one document'),
});

export type Remittance = z.infer<typeof Remittance>;
export type Settlement = Remittance['settlements'][number];
