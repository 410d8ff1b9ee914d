/**
 * The longest text each written field takes, in characters. Visma publishes none of these: they are the column widths of
 * Acumatica, which Visma.net Financials is derived from, as far as known, and a safe guess elsewhere. Any of them can be
 * changed with the `fieldLengths` setting.
 */
export const FIELD_LENGTHS = {
  'supplier.number': 30,
  'supplier.name': 60,
  'supplier.accountReference': 30,
  'supplier.vatRegistrationId': 50,
  'supplier.corporateId': 50,
  'supplier.documentLanguage': 10,
  'supplier.cashAccount': 10,
  'supplier.note': 4000,
  'address.addressLine1': 50,
  'address.addressLine2': 50,
  'address.addressLine3': 50,
  'address.postalCode': 20,
  'address.city': 50,
  'address.county': 50,
  'contact.name': 255,
  'contact.attention': 255,
  'contact.email': 255,
  'contact.web': 255,
  'contact.phone1': 50,
  'contact.phone2': 50,
  'contact.fax': 50,
  'paymentMethodDetail.description': 60,
  'paymentMethodDetail.value': 255,
  'document.number': 15,
  'document.externalReference': 40,
  'document.description': 255,
  'document.note': 4000,
  'document.paymentReference': 40,
  'line.description': 255,
  'line.number': 30,
  'segment.value': 30,
  'attribute.id': 10,
  'attribute.value': 255,
  /** Codes of reference data: country, currency, class, terms, zone, method. */
  'reference.id': 15,
} as const;

export type FieldLengthName = keyof typeof FIELD_LENGTHS;
