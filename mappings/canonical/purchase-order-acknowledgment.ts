import { z } from 'zod';
import { Adjustment, ItemId, Party, Reference, TradePartner } from './trade.ts';
import { CurrencyCode, Day, DecimalText, Key, PriceBasis } from './values.ts';

const STATUSES = ['accepted', 'changed', 'rejected', 'received'] as const;

const LINE_STATUSES = [
  'accepted',
  'changed',
  'backordered',
  'cancelled',
  'priceChanged',
  'quantityChanged',
  'dateChanged',
  'substituted',
  'rejected',
] as const;

/** What becomes of a line, or of a part of its quantity. */
const Outcome = z.strictObject({
  status: z.enum(LINE_STATUSES),
  quantity: DecimalText.optional(),
  unit: z.string().optional(),
  shipOn: Day.optional(),
  deliverOn: Day.optional(),
});

const Line = z.strictObject({
  /** The buyer's number of the line. */
  number: z.string().optional(),
  item: z.string().optional(),
  ids: z.array(ItemId).min(1).optional(),
  description: z.string().optional(),
  /** As ordered, or as the seller has it now. */
  quantity: DecimalText.optional(),
  unit: z.string().optional(),
  unitPrice: DecimalText.optional(),
  priceBasis: PriceBasis.optional(),
  outcomes: z.array(Outcome).min(1).optional(),
});

/** A seller's answer to a purchase order. */
export const PurchaseOrderAcknowledgment = z.strictObject({
  kind: z.literal('PurchaseOrderAcknowledgment'),
  status: z.enum(STATUSES),
  /** The buyer's number of the order. */
  number: Key,
  /** The date of the order. */
  orderDate: Day.optional(),
  /** The seller's number of the order. */
  sellerOrder: Key.optional(),
  /** The date of the answer. */
  date: Day.optional(),
  supplier: TradePartner.optional(),
  parties: z.array(Party).min(1).optional(),
  references: z.array(Reference).min(1).optional(),
  currency: CurrencyCode.optional(),
  shipOn: Day.optional(),
  deliverOn: Day.optional(),
  note: z.string().optional(),
  total: DecimalText.optional(),
  adjustments: z.array(Adjustment).min(1).optional(),
  /** None where the answer speaks for the whole order. */
  lines: z.array(Line),
});

export type PurchaseOrderAcknowledgment = z.infer<typeof PurchaseOrderAcknowledgment>;
export type LineStatus = (typeof LINE_STATUSES)[number];
