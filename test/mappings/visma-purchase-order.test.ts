import assert from 'node:assert/strict';
import test from 'node:test';
import { PurchaseOrder } from '../../mappings/canonical/purchase-order.ts';
import { hasLinesAlike, purchaseOrderChange, purchaseOrderCreate } from '../../mappings/visma/purchase-order-write.ts';

const context = {
  token: 'ABCDEFGHIJKL',
  segments: new Map([
    [
      '10-200',
      [
        { segmentId: 1, segmentValue: '10' },
        { segmentId: 2, segmentValue: '200' },
      ],
    ],
  ]),
};
const order = PurchaseOrder.parse({
  kind: 'PurchaseOrder',
  action: 'create',
  number: 'PO-1',
  supplier: { number: '50001' },
  lines: [{ action: 'add', description: 'Rope', quantity: '2', account: '4300', subaccount: '10-200' }],
});
const change = PurchaseOrder.parse({ ...order, action: 'change', change: '1' });

test('a line of an order is booked on the segments of its subaccount', () => {
  const settings = { hold: false, numbering: 'automatic', cancel: 'complete' } as const;
  assert.deepEqual(purchaseOrderCreate(order, settings, context).lines, [
    {
      operation: 'Insert',
      lineDescription: 'Rope',
      orderQty: 2,
      account: '4300',
      sub: [
        { segmentId: 1, segmentValue: '10' },
        { segmentId: 2, segmentValue: '200' },
      ],
    },
  ]);
});

test('a subaccount is written with every change that names it, the values beside it where they differ', () => {
  const lines = [{ action: 'change', number: '1', description: 'Rope', quantity: '3', subaccount: '10-200' }];
  const current = { orderNbr: '100001', lines: [{ lineNbr: 1, lineDescription: 'Rope', orderQty: 2 }] };
  const body = purchaseOrderChange(PurchaseOrder.parse({ ...change, lines }), current, { cancel: 'complete' }, context);
  assert.deepEqual(body?.lines, [
    { operation: 'Update', lineNumber: 1, sub: context.segments.get('10-200'), orderQty: 3 },
  ]);
});

test('an added line without its token is found alike by what can be read back, whatever account it names', () => {
  const line = { lineNbr: 4, lineDescription: 'Rope', orderQty: 2 };
  assert.equal(hasLinesAlike(change, { orderNbr: '100001', lines: [line] }), true);
  assert.equal(hasLinesAlike(change, { orderNbr: '100001', lines: [{ ...line, orderQty: 3 }] }), false);
});
