import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PurchaseOrder } from '../../../mappings/canonical/purchase-order.ts';
import { EDIFACT_MAPS } from '../../../mappings/edifact/maps.ts';
import { ORDERS } from '../../../mappings/edifact/purchase-order.ts';
import { contextIn, contextOf } from '../edi/context.ts';
import { setsIn } from '../edi/sets-in.ts';
import { written } from './written.ts';

const order = PurchaseOrder.parse({
  kind: 'PurchaseOrder',
  action: 'create',
  number: 'P1',
  date: '2026-11-03',
  supplier: { number: '50017' },
  lines: [
    {
      action: 'add',
      item: '118-220',
      ids: [
        { scheme: 'gtin', value: '7080000000018' },
        { scheme: 'gtin', value: '17080000000015' },
      ],
      quantity: '2',
    },
  ],
});

function numbersIn(release: string, codes: Readonly<Record<string, string>> = {}) {
  const written = ORDERS.write(order, contextIn(release, { codes: { items: codes } }));
  assert.ok(written.outcome === 'written');
  return written.segments.filter(({ tag }) => ['LIN', 'PIA'].includes(tag)).map(({ elements }) => elements);
}

test('a GTIN is EN in D.96A, SRV in D.01B, and what was agreed with the partner in either', () => {
  const numbersAs = (code: string) => [
    ['1', '', ['7080000000018', code]],
    ['1', ['118-220', 'IN'], ['17080000000015', code]],
  ];
  assert.deepEqual(numbersIn('D.96A'), numbersAs('EN'));
  assert.deepEqual(numbersIn('D.01B'), numbersAs('SRV'));
  assert.deepEqual(numbersIn('D.01B', { EN: 'gtin' }), numbersAs('EN'));
});

test('D.01B has room for longer words and references, and what is written there is read again', () => {
  const words = 'of '.repeat(200).trim();
  const wordy = PurchaseOrder.parse({
    ...order,
    note: `${'n'.repeat(600)} ${words}`,
    references: [{ type: 'contract', value: 'C'.repeat(70) }],
    parties: [{ role: 'buyer', address: { postalCode: 'P'.repeat(17) }, contact: { name: 'N'.repeat(256) } }],
    lines: [{ ...order.lines[0]!, number: '1', description: words.slice(0, 500) }],
  });
  const cut = ORDERS.write(wordy, contextIn('D.96A')).lost.map(({ path }) => path);
  assert.deepEqual(cut, [
    'note',
    'parties[0].contact.name',
    'lines[0].description',
    'parties[0].address.postalCode',
    'references[0].type',
    'references[0].value',
  ]);
  const sent = ORDERS.write(wordy, contextIn('D.01B'));
  assert.ok(sent.outcome === 'written');
  const [set] = setsIn(written('ORDERS', sent.segments, 'D.01B'));
  assert.deepEqual([sent.lost, set!.findings], [[], []]);
  const read = ORDERS.read(set!.tree, contextOf(set!));
  assert.deepEqual(read.outcome === 'read' && read.document, wordy);
});

test('a message is refused by its name in a release that it is not written in', () => {
  const refusals = EDIFACT_MAPS.map((map) => {
    const refused = map.write(order as never, contextIn('D.97A'));
    return [refused.outcome, ...refused.findings.map(({ code, message }) => `${code}: ${message}`)];
  });
  const refusal = (set: string, releases: string) => [
    'refused',
    `release-not-written: ${set} is written in ${releases}, not in D.97A.`,
  ];
  const both = 'D.96A and D.01B';
  assert.deepEqual(refusals, [
    ...['ORDERS', 'ORDRSP', 'DESADV', 'INVOIC'].map((set) => refusal(set, both)),
    refusal('REMADV', 'D.96A'),
  ]);
});
