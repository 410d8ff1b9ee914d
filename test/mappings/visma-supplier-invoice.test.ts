import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Invoice } from '../../mappings/canonical/invoice.ts';
import { isInvoiceRecord, supplierInvoiceFromVisma } from '../../mappings/visma/supplier-invoice.ts';
import type { VismaSupplierInvoiceRecord } from '../../mappings/visma/types.ts';

const record: VismaSupplierInvoiceRecord = {
  supplier: { number: '50001', name: 'Bærum Rør AS' },
  documentType: 'Invoice',
  referenceNumber: '000123',
  supplierReference: 'INV-77',
  description: 'Pipes',
  date: '2026-11-03T00:00:00',
  dueDate: '2026-12-03T00:00:00Z',
  financialPeriod: '202611',
  status: 'Open',
  currencyId: 'eur',
  amount: 1500.1,
  vatTotal: 3000.2,
  vatTotalInCurrency: 300.02,
  balance: 15001,
  balanceInCurrency: 1500.1,
  creditTerms: { id: '30' },
  paymentRefNo: '0012345',
  branchNumber: { number: '1', name: 'Main' },
  invoiceLines: [
    {
      lineNumber: 1,
      inventoryNumber: 'PIPE',
      transactionDescription: ' Pipe 5" ',
      quantity: 2.5,
      uom: 'M',
      unitCost: 4800.32,
      unitCostInCurrency: 480.032,
      costInCurrency: 1200.08,
      account: { number: '4300' },
      subaccount: { subaccountNumber: '10-200' },
      vatCode: { id: '1' },
      poNumber: 'PO7',
      poLineNr: 3,
      project: { id: 'X' },
    },
    { lineNumber: 2, cost: 0, poNumber: '', poLineNr: 0 },
  ],
  taxDetailLines: [{ taxId: 'T', vatId: { number: '1' }, vatRate: 25, taxableAmount: 1200.08, vatAmount: 300.02 }],
};

test('a supplier invoice becomes canonical with its lines, codes and taxes, in its own currency', () => {
  const invoice = supplierInvoiceFromVisma(record);
  assert.deepEqual(Invoice.parse(invoice), {
    kind: 'Invoice',
    direction: 'supplier',
    type: 'invoice',
    number: 'INV-77',
    voucherNumber: '000123',
    date: '2026-11-03',
    dueDate: '2026-12-03',
    period: '202611',
    currency: 'EUR',
    status: 'Open',
    description: 'Pipes',
    paymentReference: '0012345',
    creditTerms: '30',
    branch: '1',
    supplier: { number: '50001', name: 'Bærum Rør AS' },
    total: '1500.1',
    netTotal: '1200.08',
    vatTotal: '300.02',
    balance: '1500.1',
    lines: [
      {
        number: '1',
        item: 'PIPE',
        description: 'Pipe 5"',
        quantity: '2.5',
        unit: 'M',
        unitPrice: '480.032',
        amount: '1200.08',
        account: '4300',
        subaccount: '10-200',
        vatCode: '1',
        project: 'X',
        orderNumber: 'PO7',
        orderLine: '3',
      },
      { number: '2', amount: '0' },
    ],
    taxes: [{ code: '1', rate: '25', taxable: '1200.08', amount: '300.02' }],
  });
});

test('a debit adjustment is the credit note of a supplier, a credit adjustment a debit note', () => {
  assert.equal(supplierInvoiceFromVisma({ ...record, documentType: 'DebitAdj' }).type, 'creditNote');
  assert.equal(supplierInvoiceFromVisma({ ...record, documentType: 'CreditAdj' }).type, 'debitNote');
});

test('payments and checks in the list are no invoices', () => {
  assert.equal(isInvoiceRecord(record), true);
  for (const documentType of ['Check', 'Payment', 'VoidCheck', null, 'toString']) {
    assert.equal(isInvoiceRecord({ documentType }), false, String(documentType));
  }
  assert.throws(() => supplierInvoiceFromVisma({ ...record, documentType: 'Check' }), {
    code: 'MAPPED_VALUE_INVALID',
    message: 'supplier invoice 000123: document type Check is no invoice.',
  });
});

test('without a gross amount the total is made of lines and VAT, which gross lines hold already', () => {
  const { amount: _, ...bare } = { ...record, detailTotalInCurrency: 0.1, vatTotalInCurrency: 0.2 };
  assert.deepEqual(totals(bare), { total: '0.3', netTotal: '0.1', vatTotal: '0.2' });
  const gross = { ...bare, detailTotalInCurrency: 0.3, taxCalculationMode: 'Gross' };
  assert.deepEqual(totals(gross), { total: '0.3', netTotal: '0.1', vatTotal: '0.2' });
});

function totals(from: VismaSupplierInvoiceRecord) {
  const { total, netTotal, vatTotal } = supplierInvoiceFromVisma(from);
  return { total, netTotal, vatTotal };
}

test('an invoice without supplier, number or date is refused by name of the field', () => {
  for (const [field, missing] of [
    ['referenceNumber', { referenceNumber: null }],
    ['date', { date: undefined }],
    ['supplier number', { supplier: null }],
  ] as const) {
    assert.throws(() => supplierInvoiceFromVisma({ ...record, ...missing } as VismaSupplierInvoiceRecord), {
      code: 'MAPPED_VALUE_INVALID',
      message: new RegExp(`gives no ${field}\\.$`),
    });
  }
});

test('an invoice without reference of the supplier, lines or amounts has none', () => {
  const bare = supplierInvoiceFromVisma({
    referenceNumber: '1',
    documentType: 'Invoice',
    date: '2026-11-03',
    supplier: { number: '7' },
    supplierReference: '',
    invoiceLines: null,
  });
  assert.deepEqual(bare, {
    kind: 'Invoice',
    direction: 'supplier',
    type: 'invoice',
    voucherNumber: '1',
    date: '2026-11-03',
    supplier: { number: '7' },
    lines: [],
    taxes: [],
  });
});
