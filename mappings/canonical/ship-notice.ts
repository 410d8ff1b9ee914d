import { z } from 'zod';
import { Carrier, ItemId, Party, Reference, TradePartner } from './trade.ts';
import { Day, DecimalText, Key } from './values.ts';

/** A Serial Shipping Container Code: 18 digits, the last one a check digit. */
const Sscc = z.string().regex(/^\d{18}$/, 'must be the 18 digits of an SSCC');

export const ShipItem = z.strictObject({
  level: z.literal('item'),
  /** The buyer's number of the order's line. */
  number: z.string().optional(),
  /** Where no order stands above it. */
  orderNumber: z.string().optional(),
  item: z.string().optional(),
  ids: z.array(ItemId).min(1).optional(),
  description: z.string().optional(),
  quantity: DecimalText.optional(),
  unit: z.string().optional(),
  ordered: DecimalText.optional(),
  lot: z.string().optional(),
  expires: Day.optional(),
  get contents() {
    return z.array(Node).min(1).optional();
  },
});

/** `tare`: a pallet or another carrier of packs. `pack`: a carton. */
export const ShipPackage = z.strictObject({
  level: z.enum(['tare', 'pack']),
  sscc: Sscc.optional(),
  /** The carrier's number of the package. */
  tracking: z.string().optional(),
  grossWeight: DecimalText.optional(),
  weightUnit: z.string().optional(),
  get contents() {
    return z.array(Node).min(1).optional();
  },
});

export const ShipOrder = z.strictObject({
  level: z.literal('order'),
  /** The buyer's number of the order. */
  number: z.string().optional(),
  date: Day.optional(),
  sellerOrder: z.string().optional(),
  parties: z.array(Party).min(1).optional(),
  get contents() {
    return z.array(Node).min(1).optional();
  },
});

const Node = z.discriminatedUnion('level', [ShipOrder, ShipPackage, ShipItem]);

/**
 * What a seller has sent, as a tree: orders, tares, packs and items, each within the one that holds it. The usual order is
 * shipment, order, tare, pack, item; others occur and are kept as they are.
 */
export const ShipNotice = z.strictObject({
  kind: z.literal('ShipNotice'),
  /** The seller's number of the shipment. */
  number: Key,
  action: z.enum(['create', 'replace', 'cancel']),
  date: Day,
  /** Local time of the notice, `14:05` or `14:05:30`. */
  time: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/, 'must be a time such as 14:05')
    .optional(),
  shippedOn: Day.optional(),
  deliverOn: Day.optional(),
  supplier: TradePartner.optional(),
  parties: z.array(Party).min(1).optional(),
  references: z.array(Reference).min(1).optional(),
  carrier: Carrier.optional(),
  packages: z.string().regex(/^\d+$/, 'must be a number of packages').optional(),
  grossWeight: DecimalText.optional(),
  weightUnit: z.string().optional(),
  note: z.string().optional(),
  contents: z.array(Node).min(1, 'must hold at least one order, package or item'),
});

export type ShipNotice = z.infer<typeof ShipNotice>;
export type ShipNode = z.infer<typeof Node>;
export type ShipItem = z.infer<typeof ShipItem>;
export type ShipPackage = z.infer<typeof ShipPackage>;
export type ShipOrder = z.infer<typeof ShipOrder>;
