import { z } from 'zod';
import { address, count, described, numbered, text, versioned } from './parts.ts';

const contact = z.object({ name: text, attention: text, email: text, web: text, phone1: text }).nullish();

export const customerSchema = z.object({
  internalId: count,
  number: z.string(),
  name: text,
  status: text,
  mainAddress: address,
  mainContact: contact,
  invoiceAddress: address,
  deliveryAddress: address,
  accountReference: text,
  parentRecord: numbered,
  customerClass: described,
  creditTerms: described,
  currencyId: text,
  vatRegistrationId: text,
  corporateId: text,
  vatZone: described,
  gln: text,
  note: text,
  createdDateTime: text,
  ...versioned,
});

export type VismaCustomer = z.infer<typeof customerSchema>;
