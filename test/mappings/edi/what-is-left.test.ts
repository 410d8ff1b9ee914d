import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PurchaseOrder } from '../../../mappings/canonical/purchase-order.ts';
import { ORDER_850 } from '../../../mappings/x12/purchase-order.ts';
import { contextIn, contextOf } from './context.ts';
import { setsIn } from './sets-in.ts';

function read(lines: readonly string[], terms: object = {}) {
  const set = ['ST*850*0001', 'BEG*00*SA*P1**20261101', ...lines, 'N1*SU**92*50017', 'PO1*1*2*EA*5', 'CTT*1'];
  const bytes = Buffer.from([...set, `SE*${set.length + 1}*0001`].map((line) => `${line}~`).join(''));
  const [order] = setsIn(bytes);
  return ORDER_850.read(order!.tree, contextOf(order!, terms));
}

const places = ({ unmapped }: ReturnType<typeof read>) =>
  unmapped.map(({ position, tag, element }) => [position, tag, element]);

test('a value that has no place in the document is unmapped, with its place', () => {
  const order = read(['REF*ZZ*4711', 'TAX*NO123']);
  assert.equal(order.outcome, 'read');
  assert.deepEqual(places(order), [
    [3, 'REF', 1],
    [3, 'REF', 2],
    [4, 'TAX', 1],
  ]);
  assert.ok(!JSON.stringify(order.findings).includes('4711'));
});

test('unmapped money refuses the document, unless the terms of the partner name it', () => {
  const charge = ['SAC*N*D240***1250'];
  const refused = read(charge);
  assert.equal(refused.outcome, 'refused');
  assert.deepEqual(
    refused.findings.map(({ code, position, tag, element }) => [code, position, tag, element]),
    [['money-unmapped', 3, 'SAC', 5]],
  );
  for (const name of ['SAC', 'SAC:N', 'SAC:D240'])
    assert.equal(read(charge, { ignoredMoney: [name] }).outcome, 'read', name);
  for (const name of ['AMT', 'SAC:C']) assert.equal(read(charge, { ignoredMoney: [name] }).outcome, 'refused', name);
});

test('an amount that is not of its form is unmapped money: N2 has no point', () => {
  assert.equal(read(['SAC*C*D240***12.50']).outcome, 'refused');
  const charged = read(['SAC*C*D240***5']);
  assert.ok(charged.outcome === 'read' && charged.document.kind === 'PurchaseOrder');
  assert.deepEqual(charged.document.adjustments, [{ type: 'charge', reason: 'freight', amount: '0.05' }]);
});

test("a partner's own codes go before the standard's", () => {
  const order = read(['REF*ZZ*4711'], { codes: { references: { ZZ: 'contract' } } });
  assert.ok(order.outcome === 'read');
  assert.deepEqual(order.document.references, [{ type: 'contract', value: '4711' }]);
});

const order = PurchaseOrder.parse({
  kind: 'PurchaseOrder',
  action: 'create',
  number: 'P1',
  branch: 'OSLO',
  supplier: { number: '50017', name: 'N'.repeat(61) },
  note: 'first\nsecond',
  references: [
    { type: 'contract', value: 'C1' },
    { type: 'project', value: 'X' },
  ],
  lines: [{ action: 'add', quantity: '2', unit: 'STYKK', vatCode: '3' }],
});

test('a field that the set has no place for, or that is cut or changed, is lost', () => {
  const written = ORDER_850.write(order, contextIn('004010'));
  assert.equal(written.outcome, 'written');
  const lost = Object.fromEntries(written.lost.map(({ path, why }) => [path, why]));
  assert.deepEqual(lost, {
    'supplier.name': 'cut',
    note: 'changed',
    branch: 'no-place',
    'references[1].type': 'no-place',
    'references[1].value': 'no-place',
    'lines[0].unit': 'no-place',
    'lines[0].vatCode': 'no-place',
  });
});

test('a key that does not fit is not cut: the document is not written', () => {
  const written = ORDER_850.write({ ...order, number: 'P'.repeat(23) }, contextIn('004010'));
  assert.deepEqual(
    [written.outcome, written.findings.map(({ code, path }) => [code, path])],
    ['refused', [['value-unfit', 'number']]],
  );
});
