import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PurchaseOrder } from '../../../mappings/canonical/purchase-order.ts';
import { Remittance } from '../../../mappings/canonical/remittance.ts';
import { ORDER_850 } from '../../../mappings/x12/purchase-order.ts';
import { REMITTANCE_820 } from '../../../mappings/x12/remittance.ts';
import { contextIn, contextOf } from '../edi/context.ts';
import { setsIn } from '../edi/sets-in.ts';

/** An order with these segments before its parties, and with these after them. */
function order(before: readonly string[], after: readonly string[] = []): PurchaseOrder {
  const set = [
    'ST*850*0001',
    'BEG*00*SA*P1**20261101',
    ...before,
    'N1*SU**92*50017',
    ...after,
    'PO1*1*2*EA*5',
    'CTT*1',
  ];
  const bytes = Buffer.from([...set, `SE*${set.length + 1}*0001`].map((line) => `${line}~`).join(''));
  const [received] = setsIn(bytes);
  const read = ORDER_850.read(received!.tree, contextOf(received!));
  assert.ok(read.outcome === 'read', JSON.stringify(read));
  assert.deepEqual([read.unmapped, read.findings], [[], []]);
  return PurchaseOrder.parse(read.document);
}

test('consignees, marks and addresses for remittances have more than one code each', () => {
  const { parties } = order([], ['N1*CN*Store 1', 'N1*MA*Gate 2', 'N1*RE*Nord Bank']);
  assert.deepEqual(parties, [
    { role: 'shipTo', name: 'Store 1' },
    { role: 'markFor', name: 'Gate 2' },
    { role: 'remitTo', name: 'Nord Bank' },
  ]);
});

test('contracts, quotes, invoices and accounts have more than one reference each', () => {
  const { references } = order(['REF*BC*K7', 'REF*Q1*Q9', 'REF*OI*F1', 'REF*12*A3']);
  assert.deepEqual(references, [
    { type: 'contract', value: 'K7' },
    { type: 'quote', value: 'Q9' },
    { type: 'invoice', value: 'F1' },
    { type: 'account', value: 'A3' },
  ]);
});

test('days before and after which nothing is to be delivered are the window, and required by is promised', () => {
  const { notBefore, notAfter, promised } = order(['DTM*064*20261110', 'DTM*063*20261117', 'DTM*106*20261112']);
  assert.deepEqual([notBefore, notAfter, promised], ['2026-11-10', '2026-11-17', '2026-11-12']);
});

test('each code of a discount or of defects has its reason, and a reason is written as one that is read again', () => {
  for (const [reason, codes] of [
    ['discount', ['C310', 'C300', 'I170', 'I530']],
    ['defective', ['C000']],
  ] as const) {
    for (const code of codes) assert.equal(order([`SAC*A*${code}***100`]).adjustments?.[0]?.reason, reason, code);
    const allowed = { ...order([]), adjustments: [{ type: 'allowance' as const, reason, amount: '1' }] };
    const written = ORDER_850.write(allowed, contextIn('004010'));
    assert.ok(written.outcome === 'written');
    assert.equal(written.segments.find(({ tag }) => tag === 'SAC')?.elements[1], codes[0]);
  }
});

test('a deduction whose reason is ZZ, which says that there is none, is written without it, and told', () => {
  const deductions = [{ amount: '-1', reason: 'ZZ' }];
  const settlements = [{ invoice: 'F1', type: 'invoice' as const, amount: '9', invoiced: '10', deductions }];
  const payment = { kind: 'Remittance' as const, number: 'R1', supplier: { number: '50017' }, date: '2026-11-01' };
  const document = Remittance.parse({ ...payment, currency: 'NOK', total: '9', settlements });
  const written = REMITTANCE_820.write(document, contextIn('004010'));
  assert.ok(written.outcome === 'written', JSON.stringify(written));
  assert.deepEqual(
    written.lost.map(({ path }) => path),
    ['settlements[0].deductions[0].reason'],
  );
});
