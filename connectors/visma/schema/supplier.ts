import { z } from 'zod';
import { address, count, described, numbered, text, versioned } from './parts.ts';

const contact = z
  .object({ name: text, attention: text, email: text, web: text, phone1: text, phone2: text, fax: text })
  .nullish();

const paymentMethodDetail = z.object({
  paymentMethodDetailDescription: text,
  paymentMethodDetailValue: text,
});

export const supplierSchema = z.object({
  internalId: count,
  number: z.string(),
  name: text,
  status: text,
  mainAddress: address,
  mainContact: contact,
  remitAddress: address,
  remitContact: contact,
  accountReference: text,
  parentRecord: numbered,
  supplierClass: described,
  creditTerms: described,
  documentLanguage: text,
  currencyId: text,
  paymentMethod: described,
  cashAccount: text,
  vatRegistrationId: text,
  corporateId: text,
  vatZone: described,
  supplierPaymentMethodDetails: z.array(paymentMethodDetail).nullish(),
  note: text,
  ...versioned,
});

export type VismaSupplier = z.infer<typeof supplierSchema>;
