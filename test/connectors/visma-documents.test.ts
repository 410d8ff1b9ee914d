import assert from 'node:assert/strict';
import { test } from 'node:test';
import { purchaseOrderCreate, purchaseOrderUpdate } from '../../connectors/visma/entities/purchase-order.ts';
import {
  supplierInvoiceAttach,
  supplierInvoiceCreate,
  supplierInvoiceRelease,
  supplierInvoiceUpdate,
} from '../../connectors/visma/entities/supplier-invoice.ts';
import { supplierPaymentCreate, supplierPaymentRelease } from '../../connectors/visma/entities/supplier-payment.ts';
import { collect, purpose, simulated } from './visma-support.ts';

const { visma, client, send, created } = await simulated();
await visma.admin.seed({ suppliers: [{ number: '50001', name: 'Fjord Fisk' }], accounts: [{ accountCD: '4300' }] });

const freight = { operation: 'Insert', quantity: 2, unitCostInCurrency: 100, accountNumber: '4300' } as const;

function newInvoice(supplierReference: string) {
  return supplierInvoiceCreate({
    documentType: 'Invoice',
    supplierNumber: '50001',
    supplierReference,
    date: '2026-11-03',
    amount: 250,
    invoiceLines: [{ ...freight, vatCodeId: '21', subaccount: [{ segmentId: 1, segmentValue: '10' }] }],
  });
}

test('a supplier invoice is created, changed, given a file and released', async () => {
  const key = { documentType: 'Invoice', referenceNumber: await created(newInvoice('F-1')) };
  const before = await client.supplierInvoices.get(key, purpose);
  assert.deepEqual([before?.status, before?.amount, before?.vatTotalInCurrency], ['Balanced', 250, 50]);

  const change = { description: 'Freight in October', invoiceLines: [{ ...freight, vatCodeId: '0' }] };
  const update = supplierInvoiceUpdate(key, change, before?.timeStamp ?? '');
  assert.equal((await send(update)).outcome, 'accepted');
  assert.equal((await send(update)).outcome, 'stale');
  assert.equal((await client.supplierInvoices.get(key, purpose))?.amount, 450);

  const bytes = Buffer.from([0, 13, 10, 255, 45, 45]);
  for (const _ of [1, 2]) {
    assert.equal((await send(supplierInvoiceAttach(key, { name: 'Faktura ø.csv', bytes }))).outcome, 'accepted');
  }
  assert.equal((await send(supplierInvoiceRelease(key))).outcome, 'accepted');
  const after = await client.supplierInvoices.get(key, purpose);
  assert.equal(after?.status, 'Open');
  assert.deepEqual(
    after?.attachments?.map(({ name, revision }) => [name, revision]),
    [['Faktura ø.csv', 2]],
  );
  assert.equal((await send(supplierInvoiceRelease(key))).outcome, 'refused');
});

test('a release that is queued or in process is told from one that is done, and one that failed is refused', async () => {
  const key = { documentType: 'Invoice', referenceNumber: await created(newInvoice('F-2')) };
  const match = { path: 'action/release' };
  await visma.admin.addFaults(
    { kind: 'action-result', result: 'Queued', match },
    { kind: 'action-result', result: 'InProcess', match },
    { kind: 'action-result', result: 'Failed', errorInfo: 'The workflow refuses it', match },
  );
  assert.equal((await send(supplierInvoiceRelease(key))).outcome, 'pending');
  assert.equal((await send(supplierInvoiceRelease(key))).outcome, 'pending');
  const failed = await send(supplierInvoiceRelease(key));
  assert.match((failed.outcome === 'refused' && failed.failure.message) || '', /The workflow refuses it/);
  assert.equal((await client.supplierInvoices.get(key, purpose))?.status, 'Balanced');
});

test('a payment settles released invoices, and its release pays them', async () => {
  const referenceNumber = await created(newInvoice('F-3'));
  const key = { documentType: 'Invoice', referenceNumber };
  const line = { operation: 'Insert', documentType: 'Invoice', refNbr: referenceNumber, amountPaid: 100 } as const;
  const payment = { supplier: '50001', paymentRef: 'REM-1', paymentAmount: 100, paymentLines: [line] };
  assert.equal((await send(supplierPaymentCreate(payment))).outcome, 'refused', 'the invoice is not released');
  await send(supplierInvoiceRelease(key));
  const refNbr = await created(supplierPaymentCreate(payment));
  const stored = await client.supplierPayments.get({ type: 'Payment', refNbr }, purpose);
  assert.deepEqual([stored?.status, stored?.paymentRef, stored?.unappliedBalance], ['Balanced', 'REM-1', 0]);
  assert.equal((await send(supplierPaymentRelease({ type: 'Payment', refNbr }))).outcome, 'accepted');
  assert.equal((await client.supplierInvoices.get(key, purpose))?.balance, 150);
  const closed = await collect(client.supplierPayments.list({ supplier: '50001', status: 'Closed' }, purpose));
  assert.deepEqual(
    closed.map((one) => one.refNbr),
    [refNbr],
  );
});

test('lines of a purchase order are added, changed, completed and removed under its version', async () => {
  const bolts = { operation: 'Insert', lineDescription: 'Bolts', orderQty: 10, unitCost: 12.5 } as const;
  const orderNbr = await created(
    purchaseOrderCreate({ supplier: '50001', supplierRef: 'PO-77', lines: [bolts, bolts] }),
  );
  const version = async () => (await client.purchaseOrders.get(orderNbr, purpose))?.timeStamp ?? '';
  const change = purchaseOrderUpdate(
    orderNbr,
    {
      lines: [
        { operation: 'Update', lineNumber: 1, orderQty: 12 },
        { operation: 'Delete', lineNumber: 2 },
        { ...bolts, lineDescription: 'Nuts' },
      ],
    },
    await version(),
  );
  assert.equal((await send(change)).outcome, 'accepted');
  assert.equal((await send(change)).outcome, 'stale');
  const order = await client.purchaseOrders.get(orderNbr, purpose);
  assert.deepEqual(
    order?.lines?.map(({ lineNbr, lineDescription, orderQty }) => [lineNbr, lineDescription, orderQty]),
    [
      [1, 'Bolts', 12],
      [2, 'Nuts', 10],
    ],
  );
  assert.deepEqual([order?.status, order?.orderTotal], ['Open', 275]);
  const done = [1, 2].map((lineNumber) => ({ operation: 'Update', lineNumber, completed: true }) as const);
  await send(purchaseOrderUpdate(orderNbr, { lines: done }, await version()));
  const cancelled = await client.purchaseOrders.get(orderNbr, purpose);
  assert.equal(cancelled?.status, 'Closed');
  assert.ok(cancelled?.lines?.every(({ canceled }) => canceled));
});

test('purchase receipts come in pages of at most 500', async () => {
  await visma.admin.seed({ purchaseReceipts: { count: 501, prefix: 'R' } });
  const receipts = await collect(client.purchaseReceipts.list({ supplier: '50001' }, purpose));
  assert.equal(receipts.length, 501);
  assert.equal((await client.purchaseReceipts.get('R7', purpose))?.lines?.[0]?.poOrderNbr, 'R7');
  assert.equal((await visma.admin.requests({ path: '/v2/PurchaseReceipt' })).length, 3);
});
