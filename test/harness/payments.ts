import type { Connector } from './connector.ts';

/** The flow of remittances of the tests, to be put behind `integrationText()`. */
export function paymentsInFlow(changes: { readonly release?: boolean } = {}): string {
  return `
  payments-in:
    kind: payments-in
    schedule: { every: 5m }
    source:
      connection: partner
      folder: inbound/payments
      pattern: "*.csv"
      archive: archive/payments
      error: error/payments
      settle: 0s
    target: { connection: visma, release: ${changes.release ?? true} }
    format: { type: csv, delimiter: ";", decimalSign: ",", datePattern: dd.MM.yyyy }
    columns:
      number: Payment
      supplier.number: Vendor No
      date: Date
      total: Total
      lines.voucher: Voucher
      lines.invoice: Invoice No
      lines.amount: Amount
`;
}

/** One row of a remittance file. */
export interface PaymentRow {
  readonly number: string;
  readonly total?: string;
  readonly voucher?: string;
  readonly invoice?: string;
  readonly amount?: string;
}

export async function dropPayments(connector: Connector, name: string, rows: readonly PaymentRow[]): Promise<void> {
  const lines = rows.map(({ number, total = '125,00', voucher = '', invoice = '', amount = '125,00' }) =>
    ['50001', number, '05.11.2026', total, voucher, invoice, amount].join(';'),
  );
  const text = ['Vendor No;Payment;Date;Total;Voucher;Invoice No;Amount', ...lines, ''].join('\r\n');
  await connector.drop(`/inbound/payments/${name}`, text);
}

/** Released invoices of 125 kroner each, that payments can settle. */
export async function seedOpenInvoices({ visma }: Connector, numbers: readonly string[]): Promise<void> {
  await visma.admin.seed({
    supplierInvoices: numbers.map((number) => ({
      referenceNumber: number,
      supplierReference: `F-${number}`,
      supplier: { number: '50001' },
      date: '2026-11-01T00:00:00',
      invoiceLines: [{ unitCost: 100, quantity: 1 }],
    })),
  });
}
