import type { Connector } from './connector.ts';

/** What a test changes in the flow of invoices that come in. */
export interface InvoicesInChanges {
  readonly release?: boolean;
  readonly attach?: 'none' | 'rows' | 'file';
  readonly totals?: 'send' | 'leave';
  readonly roundingTolerance?: string;
}

/** The flow of the tests, to be put behind `integrationText()`. */
export function invoicesInFlow(changes: InvoicesInChanges = {}): string {
  return `
  invoices-in:
    kind: invoices-in
    schedule: { every: 5m }
    source:
      connection: partner
      folder: inbound/invoices
      pattern: "*.csv"
      archive: archive/invoices
      error: error/invoices
      settle: 0s
    target:
      connection: visma
      release: ${changes.release ?? false}
      attach: ${changes.attach ?? 'none'}
      totals: ${changes.totals ?? 'send'}
      roundingTolerance: "${changes.roundingTolerance ?? '0'}"
    format: { type: csv, delimiter: ";", encoding: windows-1252, decimalSign: ",", datePattern: dd.MM.yyyy }
    columns:
      number: Invoice No
      supplier.number: Vendor No
      type: { column: Type, values: { INV: invoice, CRN: creditNote } }
      date: Date
      currency: Currency
      total: Total
      vatTotal: VAT
      lines.description: Text
      lines.quantity: Qty
      lines.unitPrice: Price
      lines.amount: Amount
      lines.account: Account
      lines.subaccount: Cost centre
      lines.vatCode: VAT Code
`;
}

/** One row of an invoice file; the columns of the tests' flow. */
export interface InvoiceRow {
  readonly number: string;
  readonly supplier?: string;
  readonly type?: string;
  readonly date?: string;
  readonly total?: string;
  readonly vat?: string;
  readonly text?: string;
  readonly quantity?: string;
  readonly price?: string;
  readonly amount?: string;
  readonly account?: string;
  readonly subaccount?: string;
  readonly vatCode?: string;
}

const HEADER = 'Vendor No;Invoice No;Type;Date;Currency;Total;VAT;Text;Qty;Price;Amount;Account;Cost centre;VAT Code';

/** A row as the file has it: 100 kroner net, 125 with VAT, unless told otherwise. */
export function invoiceLine(row: InvoiceRow): string {
  const { number, supplier = '50001', type = 'INV', date = '03.11.2026', total = '125,00', vat = '25,00' } = row;
  const {
    text = 'Frakt',
    quantity = '',
    price = '',
    amount = '100,00',
    account = '4300',
    vatCode = '21',
    subaccount = '',
  } = row;
  return [
    supplier,
    number,
    type,
    date,
    'NOK',
    total,
    vat,
    text,
    quantity,
    price,
    amount,
    account,
    subaccount,
    vatCode,
  ].join(';');
}

/** A file of the partner; rows are given as they are when they are text. */
export function invoiceFile(rows: readonly (InvoiceRow | string)[]): Buffer {
  const lines = rows.map((row) => (typeof row === 'string' ? row : invoiceLine(row)));
  return Buffer.from([HEADER, ...lines, ''].join('\r\n'), 'latin1');
}

export async function dropInvoices(
  connector: Connector,
  name: string,
  rows: readonly (InvoiceRow | string)[],
): Promise<void> {
  await connector.drop(`/inbound/invoices/${name}`, invoiceFile(rows));
}

/** What invoices refer to: their supplier and account. */
export async function seedForInvoices({ visma }: Connector): Promise<void> {
  await visma.admin.seed({
    suppliers: [{ number: '50001', name: 'Fjord Fisk' }],
    accounts: [{ accountCD: '4300' }, { accountCD: '4310' }],
    subaccounts: [
      {
        subaccountNumber: '10-200',
        segments: [
          { segmentId: 1, segmentValue: '10' },
          { segmentId: 2, segmentValue: '200' },
        ],
      },
    ],
  });
}

/** The supplier invoices of Visma.net, by the supplier's own number. */
export async function invoicesInVisma({ visma }: Connector) {
  const { entities, commits } = await visma.admin.state({ entity: 'supplierInvoice' });
  const records = entities.supplierInvoice?.records ?? [];
  return { records, commits, byReference: Map.groupBy(records, (record) => String(record.supplierReference)) };
}
