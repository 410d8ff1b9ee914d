import { keySegment } from '../keys.ts';
import { type Delta, deltaQuery, type Entity } from '../reader.ts';
import { supplierSchema, type VismaSupplier } from '../schema/supplier.ts';
import { type Rule, wrapBody } from '../wrap.ts';
import type { WriteRequest } from '../write.ts';

const PATH = '/v1/supplier';

/** `corporateId` and `vatRegistrationId` find a supplier by its natural keys; no number is needed. */
export interface SupplierFilter extends Delta {
  readonly corporateId?: string;
  readonly vatRegistrationId?: string;
  readonly name?: string;
  readonly status?: string;
}

export const supplierEntity: Entity<VismaSupplier, SupplierFilter, string> = {
  name: 'supplier',
  path: PATH,
  schema: supplierSchema,
  paging: 'pages',
  query: ({ modifiedSince, ...filter }) => ({
    ...filter,
    ...deltaQuery(modifiedSince === undefined ? {} : { modifiedSince }),
  }),
  keyOf: (supplier) => supplier.number,
  segmentsOf: (number) => [keySegment(number)],
};

interface SupplierAddress {
  readonly addressLine1?: string;
  readonly addressLine2?: string;
  readonly addressLine3?: string;
  readonly postalCode?: string;
  readonly city?: string;
  readonly countryId?: string;
  readonly county?: string;
}

interface SupplierContact {
  readonly name?: string;
  readonly attention?: string;
  readonly email?: string;
  readonly web?: string;
  readonly phone1?: string;
  readonly phone2?: string;
  readonly fax?: string;
}

/** A supplier as it is written, unwrapped: absent leaves unchanged, '' clears. */
export interface SupplierWrite {
  readonly number?: string;
  readonly name?: string;
  readonly status?: string;
  readonly accountReference?: string;
  readonly parentRecordNumber?: string;
  readonly supplierClassId?: string;
  /** Takes the defaults of the class over; the only scalar of a supplier that is not wrapped. */
  readonly overrideWithClassValues?: boolean;
  readonly creditTermsId?: string;
  readonly documentLanguage?: string;
  readonly currencyId?: string;
  readonly paymentMethodId?: string;
  readonly cashAccount?: string;
  readonly vatRegistrationId?: string;
  readonly corporateId?: string;
  readonly vatZoneId?: string;
  readonly mainAddress?: SupplierAddress;
  readonly mainContact?: SupplierContact;
  readonly remitAddress?: SupplierAddress;
  readonly remitContact?: SupplierContact;
  readonly note?: string;
  /** Only with true is a number honoured where the number series is automatic. */
  readonly overrideNumberSeries?: boolean;
}

const address = {
  group: {
    addressLine1: 'wrapped',
    addressLine2: 'wrapped',
    addressLine3: 'wrapped',
    postalCode: 'wrapped',
    city: 'wrapped',
    countryId: 'wrapped',
    county: 'wrapped',
  } satisfies Record<keyof SupplierAddress, Rule>,
} as const;

const contact = {
  group: {
    name: 'wrapped',
    attention: 'wrapped',
    email: 'wrapped',
    web: 'wrapped',
    phone1: 'wrapped',
    phone2: 'wrapped',
    fax: 'wrapped',
  } satisfies Record<keyof SupplierContact, Rule>,
} as const;

const rules = {
  number: 'wrapped',
  name: 'wrapped',
  status: 'wrapped',
  accountReference: 'wrapped',
  parentRecordNumber: 'wrapped',
  supplierClassId: 'wrapped',
  overrideWithClassValues: 'bare',
  creditTermsId: 'wrapped',
  documentLanguage: 'wrapped',
  currencyId: 'wrapped',
  paymentMethodId: 'wrapped',
  cashAccount: 'wrapped',
  vatRegistrationId: 'wrapped',
  corporateId: 'wrapped',
  vatZoneId: 'wrapped',
  mainAddress: address,
  mainContact: contact,
  remitAddress: address,
  remitContact: contact,
  note: 'wrapped',
  overrideNumberSeries: 'wrapped',
} as const satisfies Record<keyof SupplierWrite, Rule>;

/** The request that creates a supplier. A create takes no If-Match. */
export function supplierCreate(body: SupplierWrite): WriteRequest {
  return { method: 'POST', path: PATH, body: wrapBody('supplier', rules, body) };
}

/** The request that changes the fields given, if the supplier still is the version `ifMatch` (its `timeStamp`). */
export function supplierUpdate(number: string, body: SupplierWrite, ifMatch: string): WriteRequest {
  return { method: 'PUT', path: `${PATH}/${keySegment(number)}`, body: wrapBody('supplier', rules, body), ifMatch };
}
