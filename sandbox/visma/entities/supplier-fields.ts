import { choice, type Fields, group, lines, text } from '../write-fields.ts';

export const SUPPLIER_STATUSES = ['Active', 'OnHold', 'HoldPayments', 'Inactive', 'OneTime'] as const;

const address = group({
  addressLine1: text('address.addressLine1'),
  addressLine2: text('address.addressLine2'),
  addressLine3: text('address.addressLine3'),
  postalCode: text('address.postalCode'),
  city: text('address.city'),
  countryId: text('reference.id'),
  county: text('address.county'),
});

const contact = group({
  name: text('contact.name'),
  attention: text('contact.attention'),
  email: text('contact.email'),
  web: text('contact.web'),
  phone1: text('contact.phone1'),
  phone2: text('contact.phone2'),
  fax: text('contact.fax'),
});

/** The body of POST and PUT /v1/supplier. */
export const SUPPLIER_FIELDS: Fields = {
  number: text('supplier.number'),
  name: text('supplier.name'),
  status: choice(...SUPPLIER_STATUSES),
  accountReference: text('supplier.accountReference'),
  parentRecordNumber: text('supplier.number'),
  supplierClassId: text('reference.id'),
  overrideWithClassValues: { kind: 'bareBoolean' },
  creditTermsId: text('reference.id'),
  documentLanguage: text('supplier.documentLanguage'),
  currencyId: text('reference.id'),
  paymentMethodId: text('reference.id'),
  cashAccount: text('supplier.cashAccount'),
  vatRegistrationId: text('supplier.vatRegistrationId'),
  corporateId: text('supplier.corporateId'),
  vatZoneId: text('reference.id'),
  mainAddress: address,
  mainContact: contact,
  remitAddress: address,
  remitContact: contact,
  supplierAddress: address,
  supplierContact: contact,
  glAccounts: { kind: 'notSimulated' },
  supplierPaymentMethodDetails: lines({
    paymentMethodDetailDescription: { kind: 'bareText', length: 'paymentMethodDetail.description' },
    paymentMethodDetailValue: text('paymentMethodDetail.value'),
  }),
  attributeLines: lines({ attributeId: text('attribute.id'), attributeValue: text('attribute.value') }),
  note: text('supplier.note'),
  overrideNumberSeries: { kind: 'boolean' },
};
