import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { PurchaseOrder } from '../../../mappings/canonical/purchase-order.ts';
import { Remittance } from '../../../mappings/canonical/remittance.ts';
import { ShipNotice } from '../../../mappings/canonical/ship-notice.ts';
import { EDIFACT_MAPS } from '../../../mappings/edifact/maps.ts';
import { ORDERS } from '../../../mappings/edifact/purchase-order.ts';
import { REMADV } from '../../../mappings/edifact/remittance.ts';
import { DESADV } from '../../../mappings/edifact/ship-notice.ts';
import { contextIn, contextOf } from '../edi/context.ts';
import { junk } from '../edi/junk.ts';
import { setsIn } from '../edi/sets-in.ts';

const FOLDER = new URL('golden/', import.meta.url);
const context = contextIn('D.96A');

function read(file: string) {
  const [set] = setsIn(Buffer.from(file, 'latin1'));
  const map = EDIFACT_MAPS.find((one) => one.set === set!.header.type)!;
  return map.read(set!.tree, contextOf(set!));
}

/** A segment of the golden invoice with another amount, and whether that is seen. */
const INVOICE = readFileSync(new URL('invoic-two-rates.edi', FOLDER), 'latin1');
const AMOUNTS = [...INVOICE.matchAll(/MOA\+(203|204|23|77|79|125|124|131):([\d.]+)/g)];

test('an amount of an invoice that is other than the others come to refuses it', () => {
  const repeatedOnly = ['MOA+124:125', 'MOA+125:515', 'MOA+125:200'];
  for (const { 0: segment, 1: code, 2: amount, index } of AMOUNTS) {
    const changed = `MOA+${code}:${Number(amount) + 1}`;
    const invoice = INVOICE.slice(0, index) + changed + INVOICE.slice(index + segment.length);
    const expected = repeatedOnly.includes(segment) ? 'read' : 'refused';
    assert.equal(read(invoice).outcome, expected, segment);
  }
});

test('sums that differ stand both in the finding', () => {
  const { findings } = read(INVOICE.replace('MOA+77:868.75', 'MOA+77:868.70'));
  assert.deepEqual(
    findings.map(({ code, message }) => [code, message]),
    [['sums-differ', 'The document adds up to 868.75, it says 868.70.']],
  );
  const repeated = read(INVOICE.replace('MOA+79:700', 'MOA+79:701'));
  assert.deepEqual(
    repeated.findings.map(({ message }) => message),
    ['MOA 79: the document comes to 700.00, it says 701.00.'],
  );
});

test('an allowance in percent that the line does not bear out refuses, and so does a charge that is said again otherwise', () => {
  const invoice = readFileSync(new URL('invoic-percent-and-weight.edi', FOLDER), 'latin1');
  const refusals = [
    ['PCD+1:10', 'PCD+1:11'],
    ['PCD+1:10', "PCD+1:10'\nALC+C++++HD'\nPCD+2:10"],
    ["ALC+C++++FC'\nMOA+131:30", "ALC+C++++FC'\nMOA+131:31"],
    ["ALC+C++++FC'\nMOA+131:30", "ALC+A++++FC'\nMOA+131:30"],
  ] as const;
  for (const [segment, other] of refusals)
    assert.equal(read(invoice.replace(segment, other)).outcome, 'refused', other);
});

test('whatever stands in a message, a map gives an outcome', () => {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith('.edi'));
  const mutant = fc.tuple(fc.constantFrom(...files), fc.nat(), fc.nat(), junk);
  fc.assert(
    fc.property(mutant, ([name, atSegment, atValue, value]) => {
      const segments = readFileSync(new URL(name, FOLDER), 'latin1').split("'\n");
      const first = segments.findIndex((segment) => segment.startsWith('BGM'));
      const index = first + (atSegment % (segments.length - first - 3));
      const values = segments[index]!.split(/(?=[+:])/);
      values[atValue % values.length] = `+${value}`;
      segments[index] = values.join('').replace(/^\+/, 'FTX+');
      const outcome = read(segments.join("'\n"));
      const isRefused = outcome.findings.some(({ severity }) => severity === 'reject');
      assert.equal(outcome.outcome, isRefused ? 'refused' : 'read');
      const left = outcome.unmapped.map(({ tag, element }) => `${tag} ${element}`);
      assert.ok(isRefused || !left.some((one) => ['MOA 1', 'ALC 1', 'AJT 1', 'TAX 1'].includes(one)));
    }),
    { numRuns: 300 },
  );
});

test('a field that a message has no place for is lost', () => {
  const order = PurchaseOrder.parse({
    kind: 'PurchaseOrder',
    action: 'create',
    number: 'P1',
    branch: 'OSLO',
    note: 'n'.repeat(400),
    supplier: { number: '50017', id: { scheme: 'dunsPlus4', value: '1234567890123' } },
    lines: [{ action: 'add', quantity: '2', unit: 'STYKK', ids: [{ scheme: 'color', value: 'RED' }] }],
  });
  const written = ORDERS.write(order, context);
  assert.equal(written.outcome, 'written');
  assert.deepEqual(Object.fromEntries(written.lost.map(({ path, why }) => [path, why])), {
    note: 'cut',
    branch: 'no-place',
    'supplier.id.scheme': 'no-place',
    'supplier.id.value': 'no-place',
    'lines[0].unit': 'no-place',
    'lines[0].ids[0].scheme': 'no-place',
    'lines[0].ids[0].value': 'no-place',
  });
});

test('orders of a ship notice that hold only a part of it become the order numbers of their goods', () => {
  const item = { level: 'item', quantity: '1', unit: 'PCE' };
  const order = (number: string) => ({ level: 'order', number, date: '2026-11-02', contents: [item] });
  const notice = ShipNotice.parse({
    kind: 'ShipNotice',
    number: 'D1',
    action: 'create',
    date: '2026-11-03',
    contents: [order('P1'), order('P2')],
  });
  const written = DESADV.write(notice, context);
  assert.ok(written.outcome === 'written');
  const references = written.segments.filter(({ tag }) => tag === 'RFF').map(({ elements }) => elements[0]);
  assert.deepEqual(references, [
    ['ON', 'P1', ''],
    ['ON', 'P2', ''],
  ]);
  const lost = written.lost.map(({ path, why }) => `${path} ${why}`).filter((one) => one.startsWith('contents[0]'));
  assert.deepEqual(lost, ['contents[0].level changed', 'contents[0].number changed', 'contents[0].date no-place']);
});

test('a payment with a deduction that belongs to no document is not written', () => {
  const payment = Remittance.parse({
    kind: 'Remittance',
    number: 'PAY1',
    supplier: { number: '50017' },
    date: '2026-11-03',
    total: '90',
    deductions: [{ amount: '-10' }],
    settlements: [{ invoice: 'A1', amount: '100' }],
  });
  const written = REMADV.write(payment, context);
  assert.deepEqual(
    [written.outcome, written.findings.map(({ code, path }) => `${code} ${path}`)],
    ['refused', ['value-unfit deductions']],
  );
});

test('a partner that wants no packages gets the goods without them', () => {
  const item = { level: 'item', item: '118-220', quantity: '1' };
  const notice = ShipNotice.parse({
    kind: 'ShipNotice',
    number: 'D1',
    action: 'create',
    date: '2026-11-03',
    contents: [{ level: 'tare', contents: [{ level: 'pack', contents: [item] }, item] }],
  });
  const written = DESADV.write(notice, contextIn('D.96A', { shipStructure: 'items' }));
  assert.ok(written.outcome === 'written');
  const tags = written.segments.map(({ tag }) => tag).filter((tag) => ['CPS', 'PAC', 'LIN'].includes(tag));
  assert.deepEqual(tags, ['CPS', 'LIN', 'LIN']);
  assert.deepEqual(
    written.lost.map(({ path }) => path),
    ['contents[0].level', 'contents[0].contents[0].level'],
  );
});
