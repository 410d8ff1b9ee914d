import { keySegment } from '../keys.ts';
import { type Delta, deltaQuery, type Entity } from '../reader.ts';
import { supplierInvoiceSchema, type VismaSupplierInvoice } from '../schema/supplier-invoice.ts';
import { type LineOperation, type Rule, SEGMENTS, type SegmentWrite, wrapBody } from '../wrap.ts';
import type { AttachedFile, WriteRequest } from '../write.ts';

const PATH = '/v1/supplierInvoice';

/** There is no filter on the supplier's own reference: list by `supplier` and compare. */
export interface SupplierInvoiceFilter extends Delta {
  readonly supplier?: string;
  readonly documentType?: string;
  readonly status?: string;
  readonly branch?: string;
  /** YYYYMM. */
  readonly financialPeriod?: string;
  /** Lists leave the note out unless it is asked for. */
  readonly expandNote?: boolean;
}

/** The number alone is not unique: a credit note may bear the number of an invoice. */
export interface SupplierInvoiceKey {
  readonly documentType: string;
  readonly referenceNumber: string;
}

export const supplierInvoiceEntity: Entity<VismaSupplierInvoice, SupplierInvoiceFilter, SupplierInvoiceKey> = {
  name: 'supplierInvoice',
  path: PATH,
  schema: supplierInvoiceSchema,
  paging: 'pages',
  query: ({ modifiedSince, expandNote, ...filter }) => ({
    ...filter,
    ...(expandNote === undefined ? {} : { expandNote: String(expandNote) }),
    ...deltaQuery(modifiedSince === undefined ? {} : { modifiedSince }),
  }),
  keyOf: ({ documentType, referenceNumber }) => `${documentType}/${referenceNumber}`,
  segmentsOf: ({ documentType, referenceNumber }) => [keySegment(documentType), keySegment(referenceNumber)],
};

interface InvoiceLineWrite {
  readonly operation: LineOperation;
  readonly lineNumber?: number;
  readonly inventoryNumber?: string;
  readonly transactionDescription?: string;
  readonly quantity?: number;
  readonly uom?: string;
  readonly unitCostInCurrency?: number;
  readonly costInCurrency?: number;
  readonly discountPercent?: number;
  readonly accountNumber?: string;
  readonly subaccount?: readonly SegmentWrite[];
  readonly vatCodeId?: string;
  readonly branchNumber?: string;
  readonly projectId?: string;
  readonly projectTaskId?: string;
  readonly deferralCode?: string;
  readonly note?: string;
  /** Items of stock can be linked to receipts only. */
  readonly linkLine?: {
    readonly purchaseType: 'PurchaseOrder' | 'PurchaseReceipt';
    readonly purchaseNumber: string;
    readonly purchaseLineNbr: number;
  };
}

/** A supplier invoice as it is written, unwrapped: absent leaves unchanged, '' clears. Days are ISO, periods YYYYMM. */
export interface SupplierInvoiceWrite {
  readonly documentType?: string;
  /** Only where the number series is manual, or with `overrideNumberSeries`. */
  readonly referenceNumber?: string;
  readonly hold?: boolean;
  readonly date?: string;
  readonly origInvoiceDate?: string;
  readonly dueDate?: string;
  readonly financialPeriod?: string;
  readonly supplierReference?: string;
  readonly description?: string;
  readonly supplierNumber?: string;
  readonly currencyId?: string;
  readonly exchangeRate?: number;
  readonly paymentRefNo?: string;
  readonly paymentMessage?: string;
  readonly creditTermsId?: string;
  readonly note?: string;
  readonly branchNumber?: string;
  readonly roundingDiffInCurrency?: number;
  readonly taxCalculationMode?: string;
  readonly cashAccount?: string;
  readonly paymentMethod?: string;
  readonly amount?: number;
  readonly vatAmount?: number;
  readonly overrideNumberSeries?: boolean;
  readonly taxDetailLines?: readonly {
    readonly taxId: string;
    readonly taxableAmount: number;
    readonly vatAmount: number;
  }[];
  readonly invoiceLines?: readonly InvoiceLineWrite[];
}

const line = {
  operation: 'bare',
  lineNumber: 'wrapped',
  inventoryNumber: 'wrapped',
  transactionDescription: 'wrapped',
  quantity: 'wrapped',
  uom: 'wrapped',
  unitCostInCurrency: 'wrapped',
  costInCurrency: 'wrapped',
  discountPercent: 'wrapped',
  accountNumber: 'wrapped',
  subaccount: SEGMENTS,
  vatCodeId: 'wrapped',
  branchNumber: 'wrapped',
  projectId: 'wrapped',
  projectTaskId: 'wrapped',
  deferralCode: 'wrapped',
  note: 'wrapped',
  linkLine: { object: { purchaseType: 'bare', purchaseNumber: 'wrapped', purchaseLineNbr: 'wrapped' } },
} as const satisfies Record<keyof InvoiceLineWrite, Rule>;

const header = {
  documentType: 'wrapped',
  referenceNumber: 'wrapped',
  hold: 'wrapped',
  date: 'wrapped',
  origInvoiceDate: 'wrapped',
  dueDate: 'wrapped',
  financialPeriod: 'wrapped',
  supplierReference: 'wrapped',
  description: 'wrapped',
  supplierNumber: 'wrapped',
  currencyId: 'wrapped',
  exchangeRate: 'wrapped',
  paymentRefNo: 'wrapped',
  paymentMessage: 'wrapped',
  creditTermsId: 'wrapped',
  note: 'wrapped',
  branchNumber: 'wrapped',
  roundingDiffInCurrency: 'wrapped',
  taxCalculationMode: 'wrapped',
  cashAccount: 'wrapped',
  paymentMethod: 'wrapped',
  amount: 'wrapped',
  vatAmount: 'wrapped',
  overrideNumberSeries: 'wrapped',
  taxDetailLines: { lines: { taxId: 'wrapped', taxableAmount: 'wrapped', vatAmount: 'wrapped' } },
  invoiceLines: { lines: line },
} as const satisfies Record<keyof SupplierInvoiceWrite, Rule>;

/** Without `validateLineDetails` Visma leaves out what is wrong with a line and tells nobody. */
function bodyOf(body: SupplierInvoiceWrite): Record<string, unknown> {
  return { ...wrapBody('supplierInvoice', header, body), validateLineDetails: { value: true } };
}

/** The request that creates a supplier invoice; it is `Hold` or `Balanced` until it is released. A create takes no If-Match. */
export function supplierInvoiceCreate(body: SupplierInvoiceWrite): WriteRequest {
  return { method: 'POST', path: PATH, body: bodyOf(body) };
}

/** The request that changes the fields and lines given, if the document still is the version `ifMatch` (its `timeStamp`). */
export function supplierInvoiceUpdate(
  key: SupplierInvoiceKey,
  body: SupplierInvoiceWrite,
  ifMatch: string,
): WriteRequest {
  return { method: 'PUT', path: pathOf(PATH, key), body: bodyOf(body), ifMatch };
}

/** The request that releases a document: 200 says in its body whether that was done, queued or failed. */
export function supplierInvoiceRelease(key: SupplierInvoiceKey): WriteRequest {
  return { method: 'POST', path: `${pathOf(PATH, key)}/action/release`, body: undefined };
}

/** The request that attaches a file to a document. */
export function supplierInvoiceAttach(key: SupplierInvoiceKey, file: AttachedFile): WriteRequest {
  return { method: 'POST', path: `${pathOf(`${PATH}/documentType`, key)}/attachment`, body: undefined, file };
}

function pathOf(base: string, { documentType, referenceNumber }: SupplierInvoiceKey): string {
  return `${base}/${keySegment(documentType)}/${keySegment(referenceNumber)}`;
}
