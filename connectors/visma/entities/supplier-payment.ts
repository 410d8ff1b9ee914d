import { keySegment } from '../keys.ts';
import { type Delta, deltaQuery, type Entity } from '../reader.ts';
import { supplierPaymentSchema, type VismaSupplierPayment } from '../schema/supplier-payment.ts';
import { type LineOperation, type Rule, wrapBody } from '../wrap.ts';
import type { WriteRequest } from '../write.ts';

const PATH = '/v1/supplierPayment';

/** There is no filter on the payment's own reference: list by `supplier` and compare. */
export interface SupplierPaymentFilter extends Delta {
  readonly supplier?: string;
  readonly paymentType?: string;
  readonly status?: string;
  readonly branch?: string;
  /** YYYYMM. */
  readonly financialPeriod?: string;
}

/** The number alone is not unique: a void bears the number of its payment. */
export interface SupplierPaymentKey {
  readonly type: string;
  readonly refNbr: string;
}

export const supplierPaymentEntity: Entity<VismaSupplierPayment, SupplierPaymentFilter, SupplierPaymentKey> = {
  name: 'supplierPayment',
  path: PATH,
  schema: supplierPaymentSchema,
  paging: 'pages',
  query: ({ modifiedSince, ...filter }) => ({
    ...filter,
    ...deltaQuery(modifiedSince === undefined ? {} : { modifiedSince }),
  }),
  keyOf: ({ type, refNbr }) => `${type}/${refNbr}`,
  segmentsOf: ({ type, refNbr }) => [keySegment(type), keySegment(refNbr)],
};

interface PaymentLineWrite {
  readonly operation: LineOperation;
  readonly documentType: string;
  readonly refNbr: string;
  readonly amountPaid?: number;
  readonly cashDiscountTaken?: number;
}

/** A supplier payment as it is written, unwrapped. Days are ISO. */
export interface SupplierPaymentWrite {
  readonly type?: string;
  readonly hold?: boolean;
  readonly applicationDate?: string;
  readonly paymentRef?: string;
  readonly supplier?: string;
  readonly paymentMethod?: string;
  readonly cashAccount?: string;
  readonly currency?: string;
  readonly description?: string;
  readonly paymentAmount?: number;
  readonly branch?: string;
  readonly paymentLines?: readonly PaymentLineWrite[];
}

const rules = {
  type: 'wrapped',
  hold: 'wrapped',
  applicationDate: 'wrapped',
  paymentRef: 'wrapped',
  supplier: 'wrapped',
  paymentMethod: 'wrapped',
  cashAccount: 'wrapped',
  currency: 'wrapped',
  description: 'wrapped',
  paymentAmount: 'wrapped',
  branch: 'wrapped',
  paymentLines: {
    lines: {
      operation: 'bare',
      documentType: 'wrapped',
      refNbr: 'wrapped',
      amountPaid: 'wrapped',
      cashDiscountTaken: 'wrapped',
    } satisfies Record<keyof PaymentLineWrite, Rule>,
  },
} as const satisfies Record<keyof SupplierPaymentWrite, Rule>;

/** The request that creates a supplier payment with the documents it settles. A create takes no If-Match. */
export function supplierPaymentCreate(body: SupplierPaymentWrite): WriteRequest {
  return { method: 'POST', path: PATH, body: wrapBody('supplierPayment', rules, body) };
}

/** The request that releases a payment: its type stands in the body, its number in the path. */
export function supplierPaymentRelease({ type, refNbr }: SupplierPaymentKey): WriteRequest {
  return { method: 'POST', path: `${PATH}/${keySegment(refNbr)}/action/release`, body: { type: { value: type } } };
}
