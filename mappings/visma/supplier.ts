import { Failure } from '../../failures/failure.ts';
import { present, presentOrNone } from '../canonical/present.ts';
import { SUPPLIER_STATUSES, type Supplier, type SupplierStatus } from '../canonical/supplier.ts';
import type { SupplierWrite, VismaSupplierRecord } from './types.ts';
import { requiredText, text } from './values.ts';

/**
 * How the supplier gets its number in Visma.net:
 * - `manual`: the series is manual, the number is ours.
 * - `override`: the series is automatic, and we choose the number all the same (without `overrideNumberSeries` it is ignored).
 * - `automatic`: the series decides; the token in `accountReference` lets us find the supplier after a lost answer.
 */
export type SupplierNumbering =
  | { readonly numbering: 'manual' | 'override' }
  | { readonly numbering: 'automatic'; readonly token: string };

/** The body that creates the supplier. What is to be cleared is left out, since nothing is there yet. */
export function supplierCreate(supplier: Supplier, context: SupplierNumbering): SupplierWrite {
  const fields = withoutCleared(writtenFields(supplier));
  if (context.numbering === 'automatic') return { ...fields, accountReference: context.token };
  const numbered = { number: supplier.number, ...fields };
  return context.numbering === 'override' ? { ...numbered, overrideNumberSeries: true } : numbered;
}

/** The body that changes the supplier. The number stands in the path, and in the body it would rename. */
export function supplierUpdate(supplier: Supplier): SupplierWrite {
  return writtenFields(supplier);
}

function writtenFields({ address, contact, ...supplier }: Supplier): SupplierWrite {
  return {
    ...present({
      name: supplier.name,
      status: supplier.status,
      accountReference: supplier.accountReference,
      supplierClassId: supplier.supplierClass,
      creditTermsId: supplier.creditTerms,
      paymentMethodId: supplier.paymentMethod,
      vatZoneId: supplier.vatZone,
      documentLanguage: supplier.language,
      currencyId: supplier.currency,
      vatRegistrationId: supplier.vatRegistrationId,
      corporateId: supplier.corporateId,
      note: supplier.note,
    }),
    ...(address === undefined ? {} : { mainAddress: addressFields(address) }),
    ...(contact === undefined ? {} : { mainContact: contactFields(contact) }),
  };
}

function addressFields(address: NonNullable<Supplier['address']>): NonNullable<SupplierWrite['mainAddress']> {
  const { lines } = address;
  return present({
    addressLine1: lines && (lines[0] ?? ''),
    addressLine2: lines && (lines[1] ?? ''),
    addressLine3: lines && (lines[2] ?? ''),
    postalCode: address.postalCode,
    city: address.city,
    county: address.county,
    countryId: address.country,
  });
}

function contactFields(contact: NonNullable<Supplier['contact']>): NonNullable<SupplierWrite['mainContact']> {
  const { name, attention, email, web, phone } = contact;
  return present({ name, attention, email, web, phone1: phone });
}

function withoutCleared(body: SupplierWrite): SupplierWrite {
  const entries = Object.entries(body)
    .map(([key, value]) => [key, typeof value === 'object' ? withoutCleared(value) : value] as const)
    .filter(([, value]) => value !== '' && !(typeof value === 'object' && Object.keys(value).length === 0));
  return Object.fromEntries(entries);
}

/**
 * The supplier as Visma.net knows it. What is null, blank or missing there is absent.
 *
 * @throws Failure MAPPED_VALUE_INVALID when number or name is missing, or the status is not known
 */
export function supplierFromVisma(record: VismaSupplierRecord): Supplier {
  const number = requiredText(record.number, 'supplier', 'number');
  const subject = `supplier ${number}`;
  return {
    kind: 'Supplier',
    number,
    name: requiredText(record.name, subject, 'name'),
    ...present({
      status: knownStatus(text(record.status), subject),
      corporateId: text(record.corporateId),
      vatRegistrationId: text(record.vatRegistrationId),
      currency: text(record.currencyId)?.toUpperCase(),
      language: text(record.documentLanguage),
      supplierClass: text(record.supplierClass?.id),
      creditTerms: text(record.creditTerms?.id),
      paymentMethod: text(record.paymentMethod?.id),
      vatZone: text(record.vatZone?.id),
      accountReference: text(record.accountReference),
      note: text(record.note),
      address: addressFrom(record.mainAddress ?? {}),
      contact: contactFrom(record.mainContact ?? {}),
    }),
  };
}

function knownStatus(status: string | undefined, subject: string): SupplierStatus | undefined {
  const known = SUPPLIER_STATUSES.find((candidate) => candidate === status);
  if (status === undefined || known !== undefined) return known;
  throw new Failure('MAPPED_VALUE_INVALID', { message: `${subject}: status ${status} is not known.` });
}

function addressFrom(address: NonNullable<VismaSupplierRecord['mainAddress']>): Supplier['address'] {
  const lines = [address.addressLine1, address.addressLine2, address.addressLine3].map((line) => text(line) ?? '');
  while (lines.at(-1) === '') lines.pop();
  return presentOrNone({
    lines: lines.length === 0 ? undefined : lines,
    postalCode: text(address.postalCode),
    city: text(address.city),
    county: text(address.county),
    country: text(address.country?.id)?.toUpperCase(),
  });
}

function contactFrom(contact: NonNullable<VismaSupplierRecord['mainContact']>): Supplier['contact'] {
  return presentOrNone({
    name: text(contact.name),
    attention: text(contact.attention),
    email: text(contact.email),
    phone: text(contact.phone1),
    web: text(contact.web),
  });
}
