import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CsvDialect } from '../../formats/csv/dialect.ts';
import { writeCsv } from '../../formats/csv/write-csv.ts';
import type { SupplierInvoice } from '../../mappings/canonical/invoice.ts';
import { invoiceHeader, invoiceToRows } from '../../mappings/csv/invoice.ts';
import { InvoiceCsvMap } from '../../mappings/csv/invoice-settings.ts';

const dialect = CsvDialect.parse({ delimiter: ';', decimalSign: ',', datePattern: 'dd.MM.yyyy', lineEnd: '\n' });

const invoice: SupplierInvoice = {
  kind: 'Invoice',
  direction: 'supplier',
  type: 'creditNote',
  number: 'INV-77',
  date: '2026-11-03',
  supplier: { number: '50001', name: 'Rør; Varme AS' },
  total: '1500.1',
  lines: [
    { number: '1', description: 'Pipe 5"', quantity: '2.50', amount: '1200.005', account: '4300' },
    { number: '2', amount: '-0.001' },
  ],
  taxes: [],
};

const columns = [
  { name: 'Company', constant: 'ACME' },
  { name: 'Type', field: 'type', values: { invoice: 'INV', creditNote: 'CRN' } },
  { name: 'No', field: 'number' },
  { name: 'Date', field: 'date' },
  { name: 'Due', field: 'dueDate' },
  { name: 'Vendor', field: 'supplier.name' },
  { name: 'Customer', field: 'customer.name' },
  { name: 'Total', field: 'total', decimals: 2 },
];
const lineColumns = [
  { name: 'Text', field: 'lines.description' },
  { name: 'Qty', field: 'lines.quantity' },
  { name: 'Amount', field: 'lines.amount', decimals: 2 },
  { name: 'Account', field: 'lines.account' },
];

async function file(map: InvoiceCsvMap, of: SupplierInvoice = invoice): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const part of writeCsv(invoiceToRows(of, map, dialect), dialect, invoiceHeader(map))) parts.push(part);
  return Buffer.concat(parts).toString();
}

test('one row per line repeats the columns of the header', async () => {
  const map = InvoiceCsvMap.parse({ layout: 'lines', columns: [...columns, ...lineColumns] });
  assert.equal(
    await file(map),
    [
      'Company;Type;No;Date;Due;Vendor;Customer;Total;Text;Qty;Amount;Account',
      'ACME;CRN;INV-77;03.11.2026;;"Rør; Varme AS";;1500,10;"Pipe 5""";2,5;1200,01;4300',
      'ACME;CRN;INV-77;03.11.2026;;"Rør; Varme AS";;1500,10;;;0,00;',
      '',
    ].join('\n'),
  );
});

test('an invoice without lines is still one row', async () => {
  const map = InvoiceCsvMap.parse({ layout: 'lines', columns: [columns[2], lineColumns[2]] });
  assert.equal(await file(map, { ...invoice, lines: [] }), 'No;Amount\nINV-77;\n');
});

test('a file of headers has one row per invoice', async () => {
  const map = InvoiceCsvMap.parse({ layout: 'headers', columns: [columns[2], columns[7]] });
  assert.equal(await file(map), 'No;Total\nINV-77;1500,10\n');
});

test('record types write a header row and its lines, without a row of names', async () => {
  const map = InvoiceCsvMap.parse({
    layout: 'records',
    header: [{ name: 'type', constant: 'H' }, columns[2], columns[3]],
    line: [{ name: 'type', constant: 'L' }, columns[2], lineColumns[2]],
  });
  assert.equal(await file(map), 'H;INV-77;03.11.2026\nL;INV-77;1200,01\nL;INV-77;0,00\n');
});

test('unknown fields, and lines where there are none, are refused by name', () => {
  for (const [map, name] of [
    [{ layout: 'lines', columns: [{ name: 'X', field: 'lines.colour' }] }, 'lines.colour'],
    [{ layout: 'headers', columns: [{ name: 'X', field: 'lines.account' }] }, 'lines.account'],
    [{ layout: 'lines', columns: [{ name: 'X', field: 'number', width: 3 }] }, 'width'],
  ] as const) {
    const result = InvoiceCsvMap.safeParse(map);
    assert.equal(result.success, false, name);
  }
});
