import { z } from 'zod';
import { Adjustment, Carrier, DeliveryTerms, ItemId, Party, PaymentTerms, Reference, TradePartner } from './trade.ts';
import { CurrencyCode, Day, DecimalText, Key, PriceBasis } from './values.ts';

/** One line. `number` is the ERP's number of a line that is there already; `action` says what is to become of it. */
const Line = z
  .strictObject({
    action: z.enum(['add', 'change', 'cancel']),
    number: z.string().regex(/^\d+$/, 'must be the number of a line').optional(),
    item: z.string().optional(),
    ids: z.array(ItemId).min(1).optional(),
    lineType: z.string().optional(),
    description: z.string().optional(),
    quantity: DecimalText.optional(),
    unit: z.string().optional(),
    unitPrice: DecimalText.optional(),
    priceBasis: PriceBasis.optional(),
    adjustments: z.array(Adjustment).min(1).optional(),
    account: z.string().optional(),
    subaccount: z.string().optional(),
    vatCode: z.string().optional(),
    promised: Day.optional(),
    note: z.string().optional(),
  })
  .refine(({ action, number }) => action === 'add' || number !== undefined, 'must name the line that it changes');

/**
 * A purchase order, or a change of one. `create` says all of it; `change` says only what changes, line by line; `cancel` ends
 * what was not received.
 */
export const PurchaseOrder = z
  .strictObject({
    kind: z.literal('PurchaseOrder'),
    action: z.enum(['create', 'change', 'cancel']),
    /** The buyer's number of the order. */
    number: Key,
    /** The number of this change among the changes of the order. */
    change: Key.optional(),
    /** The number the ERP gave it. */
    orderNumber: z.string().optional(),
    supplier: TradePartner.optional(),
    parties: z.array(Party).min(1).optional(),
    references: z.array(Reference).min(1).optional(),
    /** When an order was changed; its own date is `date`. */
    changed: Day.optional(),
    date: Day.optional(),
    /** When the goods are to be there. */
    promised: Day.optional(),
    shipOn: Day.optional(),
    notBefore: Day.optional(),
    notAfter: Day.optional(),
    currency: CurrencyCode.optional(),
    description: z.string().optional(),
    branch: z.string().optional(),
    note: z.string().optional(),
    /** Of a new order, without VAT. */
    total: DecimalText.optional(),
    creditTerms: z.string().optional(),
    paymentTerms: PaymentTerms.optional(),
    deliveryTerms: DeliveryTerms.optional(),
    carrier: Carrier.optional(),
    /** On the order as a whole, beside its lines. */
    adjustments: z.array(Adjustment).min(1).optional(),
    lines: z.array(Line),
  })
  .refine(({ action, supplier }) => action !== 'create' || supplier !== undefined, 'a new order needs a supplier')
  .refine(
    ({ action, lines }) => action !== 'create' || (lines.length > 0 && lines.every((line) => line.action === 'add')),
    'a new order needs lines, and all of them are new',
  )
  .refine(({ action, change }) => action !== 'change' || change !== undefined, 'a change needs a number of its own')
  .refine(({ action, lines }) => action !== 'cancel' || lines.length === 0, 'a cancelled order names no lines');

export type PurchaseOrder = z.infer<typeof PurchaseOrder>;
export type PurchaseOrderLine = PurchaseOrder['lines'][number];
