import { present, presentOrNone } from './present.ts';
import type { Supplier } from './supplier.ts';

/** Every field of a supplier by name, flat, as integration files name them. */
export const supplierFields = [
  'number',
  'name',
  'status',
  'corporateId',
  'vatRegistrationId',
  'currency',
  'language',
  'supplierClass',
  'creditTerms',
  'paymentMethod',
  'vatZone',
  'accountReference',
  'note',
  'address.line1',
  'address.line2',
  'address.line3',
  'address.postalCode',
  'address.city',
  'address.county',
  'address.country',
  'contact.name',
  'contact.attention',
  'contact.email',
  'contact.phone',
  'contact.web',
] as const;

export type SupplierField = (typeof supplierFields)[number];

/** A supplier as flat text; undefined where it says nothing. */
export type SupplierValues = { [F in SupplierField]?: string | undefined };

/** The flat values of a supplier. */
export function supplierValues({ address, contact, kind: _, ...flat }: Supplier): SupplierValues {
  const { lines } = address ?? {};
  return {
    ...flat,
    'address.line1': lines && (lines[0] ?? ''),
    'address.line2': lines && (lines[1] ?? ''),
    'address.line3': lines && (lines[2] ?? ''),
    'address.postalCode': address?.postalCode,
    'address.city': address?.city,
    'address.county': address?.county,
    'address.country': address?.country,
    'contact.name': contact?.name,
    'contact.attention': contact?.attention,
    'contact.email': contact?.email,
    'contact.phone': contact?.phone,
    'contact.web': contact?.web,
  };
}

/** A supplier's shape from flat values, to be checked by the schema `Supplier`. */
export function supplierOf(values: SupplierValues): object {
  return {
    kind: 'Supplier',
    ...present({
      number: values.number,
      name: values.name,
      status: values.status,
      corporateId: values.corporateId,
      vatRegistrationId: values.vatRegistrationId,
      currency: values.currency,
      language: values.language,
      supplierClass: values.supplierClass,
      creditTerms: values.creditTerms,
      paymentMethod: values.paymentMethod,
      vatZone: values.vatZone,
      accountReference: values.accountReference,
      note: values.note,
      address: presentOrNone({
        lines: addressLines(values),
        postalCode: values['address.postalCode'],
        city: values['address.city'],
        county: values['address.county'],
        country: values['address.country'],
      }),
      contact: presentOrNone({
        name: values['contact.name'],
        attention: values['contact.attention'],
        email: values['contact.email'],
        phone: values['contact.phone'],
        web: values['contact.web'],
      }),
    }),
  };
}

/** The lines say all of the address's lines as soon as one of them is given. */
function addressLines(values: SupplierValues): string[] | undefined {
  const lines = [values['address.line1'], values['address.line2'], values['address.line3']];
  if (lines.every((line) => line === undefined)) return undefined;
  const given = lines.map((line) => line ?? '');
  while (given.at(-1) === '') given.pop();
  return given;
}
