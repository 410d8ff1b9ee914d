import { z } from 'zod';
import { CountryCode, CurrencyCode, Key } from './values.ts';

/** The life of a supplier, in the words of Visma.net, where it is decided. */
export const SUPPLIER_STATUSES = ['Active', 'OnHold', 'HoldPayments', 'Inactive', 'OneTime'] as const;

/** Up to three free lines; when `lines` is present it says all of them, so a line left out is cleared. */
const Address = z.strictObject({
  lines: z.array(z.string()).max(3).optional(),
  postalCode: z.string().optional(),
  city: z.string().optional(),
  county: z.string().optional(),
  country: CountryCode.optional(),
});

const Contact = z.strictObject({
  name: z.string().optional(),
  attention: z.string().optional(),
  email: z.string().optional(),
  phone: z.string().optional(),
  web: z.string().optional(),
});

/**
 * One vendor, whichever system speaks. A field that is absent is left as it is in the other system; '' clears it.
 * When a system last touched the record is not part of it: a touch that changes nothing is the same document.
 */
export const Supplier = z.strictObject({
  kind: z.literal('Supplier'),
  /** The number in Visma.net, and the key of the document. */
  number: Key,
  name: z.string().min(1, 'must not be empty'),
  status: z.enum(SUPPLIER_STATUSES).optional(),
  /** Organisation number of the company register. */
  corporateId: z.string().optional(),
  vatRegistrationId: z.string().optional(),
  currency: CurrencyCode.optional(),
  /** Two-letter language of documents, as Visma.net writes it (`NO`, `EN`). */
  language: z.string().optional(),
  supplierClass: z.string().optional(),
  creditTerms: z.string().optional(),
  paymentMethod: z.string().optional(),
  vatZone: z.string().optional(),
  /** Our own account number at the supplier. */
  accountReference: z.string().optional(),
  note: z.string().optional(),
  address: Address.optional(),
  contact: Contact.optional(),
});

export type Supplier = z.infer<typeof Supplier>;
export type SupplierStatus = (typeof SUPPLIER_STATUSES)[number];
