import { z } from 'zod';
import { DecimalText, Key } from './values.ts';

/** What one party of a trade is in it. Supplier and customer are not among them: documents have fields for these. */
export const PARTY_ROLES = [
  'buyer',
  'shipTo',
  'shipFrom',
  'billTo',
  'remitTo',
  'payer',
  'payee',
  'carrier',
  'manufacturer',
  'orderedBy',
  'markFor',
] as const;

/** Who gave out an identification. `buyer` and `supplier`: that party's own numbering. */
export const PARTY_SCHEMES = ['gln', 'duns', 'dunsPlus4', 'buyer', 'supplier', 'scac', 'mutual'] as const;

const Text = z.string().min(1, 'must not be empty');

const Id = z.strictObject({ scheme: z.enum(PARTY_SCHEMES), value: Key });

const Address = z.strictObject({
  lines: z.array(Text).min(1).max(4).optional(),
  postalCode: Text.optional(),
  city: Text.optional(),
  /** State, province or county, as the country abbreviates it. */
  region: Text.optional(),
  /** ISO 3166-1 alpha-2. */
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, 'must be a two-letter ISO 3166-1 code in capitals')
    .optional(),
});

const Contact = z.strictObject({ name: Text.optional(), phone: Text.optional(), email: Text.optional() });

/** What a partner's document says about a party beside the number that the ERP has for it. */
export const partyDetails = {
  id: Id.optional(),
  vatNumber: Text.optional(),
  address: Address.optional(),
  contact: Contact.optional(),
};

/** A supplier or customer: its number in the ERP, and what the document says about it. */
export const TradePartner = z.strictObject({ number: Key, name: z.string().optional(), ...partyDetails });

/** Any other party of a document. */
export const Party = z.strictObject({ role: z.enum(PARTY_ROLES), name: Text.optional(), ...partyDetails });

export const REFERENCE_TYPES = [
  'contract',
  'sellerOrder',
  'buyerOrder',
  'customerReference',
  'billOfLading',
  'carrierReference',
  'deliveryNote',
  'quote',
  'promotion',
  'department',
  'invoice',
  'project',
  'priceList',
  'account',
] as const;

/** A number by which somebody knows this or a related document. */
export const Reference = z.strictObject({ type: z.enum(REFERENCE_TYPES), value: Key });

/** Whose number of an item. */
export const ITEM_SCHEMES = [
  'gtin',
  'seller',
  'buyer',
  'manufacturer',
  'sku',
  'style',
  'color',
  'size',
  'lot',
] as const;

export const ItemId = z
  .strictObject({ scheme: z.enum(ITEM_SCHEMES), value: Key })
  .refine(({ scheme, value }) => scheme !== 'gtin' || isGtin(value), 'a GTIN has 8, 12, 13 or 14 digits');

export function isGtin(value: string): boolean {
  return /^(\d{8}|\d{12,14})$/.test(value);
}

export const ADJUSTMENT_REASONS = [
  'freight',
  'discount',
  'promotion',
  'handling',
  'packing',
  'insurance',
  'fuel',
  'deposit',
  'smallOrder',
  'defective',
  'rebate',
] as const;

/** An allowance lowers, a charge raises what is to be paid. */
export const Adjustment = z.strictObject({
  type: z.enum(['allowance', 'charge']),
  reason: z.enum(ADJUSTMENT_REASONS).optional(),
  description: Text.optional(),
  /** `type` says the direction. In the currency of the document. */
  amount: DecimalText.refine((amount) => !amount.startsWith('-'), 'must not be negative: its type says the direction'),
  /** What the amount was reckoned by, in percent. */
  percent: DecimalText.optional(),
});

export const PaymentTerms = z.strictObject({
  netDays: z.string().regex(/^\d+$/, 'must be a number of days').optional(),
  discountPercent: DecimalText.optional(),
  discountDays: z.string().regex(/^\d+$/, 'must be a number of days').optional(),
  discountAmount: DecimalText.optional(),
  /** The part of the total that discount may be taken from. */
  discountable: DecimalText.optional(),
  /** What is to be paid when the discount is taken. */
  discountedTotal: DecimalText.optional(),
});

export const DeliveryTerms = z.strictObject({
  /** Incoterms code, `DAP`. */
  code: Text.optional(),
  place: Text.optional(),
});

export const Carrier = z.strictObject({
  /** Standard Carrier Alpha Code or the GLN of the carrier, as the document has it. */
  code: Text.optional(),
  name: Text.optional(),
});

export type Party = z.infer<typeof Party>;
export type TradePartner = z.infer<typeof TradePartner>;
export type Adjustment = z.infer<typeof Adjustment>;
export type PartyScheme = (typeof PARTY_SCHEMES)[number];
export type PartyRole = (typeof PARTY_ROLES)[number];
export type ReferenceType = (typeof REFERENCE_TYPES)[number];
export type ItemScheme = (typeof ITEM_SCHEMES)[number];
export type AdjustmentReason = (typeof ADJUSTMENT_REASONS)[number];
export type Reference = z.infer<typeof Reference>;
export type PaymentTerms = z.infer<typeof PaymentTerms>;
export type DeliveryTerms = z.infer<typeof DeliveryTerms>;
export type Carrier = z.infer<typeof Carrier>;
