import assert from 'node:assert/strict';
import test from 'node:test';
import { changed, findingsIn, notesIn } from '../../tables/findings.ts';
import { message, outline } from '../../tables/outline.ts';

/** Two invoices and a credit note, one of them paid short; one with a line of its own. */
const REMITTANCE = [
  ...[
    'BGM+481+PAY1+9',
    'DTM+137:20260120:102',
    'DTM+138:20260121:102',
    'RFF+PQ:1',
    'FII+PB+12345678901:Fjord',
    'PAI+::42',
    'FTX+PMD+++January',
  ],
  ...[
    'NAD+PR+7080000000001::9',
    'CTA+AP+:Kari',
    'COM+ap@fjord.no:EM',
    'NAD+PE+7080000000002::9',
    'CUX+2:NOK:11',
    'DTM+134:20260120:102',
  ],
  ...[
    'DOC+380+INV1',
    'MOA+9:1000',
    'MOA+12:980',
    'MOA+52:20',
    'DTM+171:20260101:102',
    'RFF+ON:PO1',
    'NAD+BY+7080000000003::9',
  ],
  ...['CUX+2:NOK:11', 'AJT+10', 'MOA+165:-20', 'RFF+AAK:DN1', 'FTX+PMD+++discount', 'AJT+20', 'FTX+PMD+++rounding'],
  ...['INP+1:2', 'FTX+PMD+++instruction'],
  ...[
    'DOC+380+INV2',
    'MOA+12:500',
    'DLI+1+000001',
    'MOA+12:500',
    'PIA+1+FF-1:SA',
    'CUX+2:NOK',
    'AJT+10',
    'MOA+165:-1',
    'DOC+381+CN1',
    'MOA+12:-100',
  ],
];
const SUM = ['UNS+S', 'MOA+12:1380', 'MOA+139:1380'];

const SHORT = [
  'BGM+481+PAY2',
  'DTM+137:260120:101',
  'NAD+PR',
  'NAD+PE',
  'DOC+380:::Faktura+INV3:9',
  'MOA+12:1',
  'UNS+S',
  'MOA+12:1',
];

test('remittances as guides have them are found sound', async () => {
  for (const lines of [[...REMITTANCE, ...SUM], SHORT]) {
    assert.deepEqual(await findingsIn(message('REMADV', lines, 'D:96A:UN:EAN003')), []);
    assert.deepEqual(await notesIn(message('REMADV', lines, 'D:96A:UN:EAN003')), []);
    assert.deepEqual(await findingsIn(message('REMADV', lines, 'D:01B:UN:EAN004')), []);
  }
});

const ROUTED = [
  ...[
    'BGM+481',
    'DTM+137',
    'DTM+138',
    'RFF+PQ',
    'FII+PB',
    'PAI+',
    'FTX+PMD',
    'NAD1/NAD+PR',
    'NAD1/CTA1/CTA+AP',
    'NAD1/CTA1/COM+ap@fjord.no',
  ],
  ...['NAD2/NAD+PE', 'CUX1/CUX+2', 'CUX1/DTM+134'],
  ...[
    'DOC1/DOC+380',
    'DOC1/MOA+9',
    'DOC1/MOA+12',
    'DOC1/MOA+52',
    'DOC1/DTM+171',
    'DOC1/RFF+ON',
    'DOC1/NAD+BY',
    'DOC1/CUX1/CUX+2',
  ],
  ...[
    'DOC1/AJT1/AJT+10',
    'DOC1/AJT1/MOA+165',
    'DOC1/AJT1/RFF+AAK',
    'DOC1/AJT1/FTX+PMD',
    'DOC1/AJT2/AJT+20',
    'DOC1/AJT2/FTX+PMD',
  ],
  ...[
    'DOC1/INP1/INP+1',
    'DOC1/INP1/FTX+PMD',
    'DOC2/DOC+380',
    'DOC2/MOA+12',
    'DOC2/DLI1/DLI+1',
    'DOC2/DLI1/MOA+12',
    'DOC2/DLI1/PIA+1',
  ],
  ...['DOC2/DLI1/CUX1/CUX+2', 'DOC2/DLI1/AJT1/AJT+10', 'DOC2/DLI1/AJT1/MOA+165', 'DOC3/DOC+381', 'DOC3/MOA+12'],
];

test('amounts go to the document, its line, what adjusts either, or the whole payment', async () => {
  assert.deepEqual(await outline(message('REMADV', [...REMITTANCE, ...SUM])), [
    ...ROUTED,
    'UNS+S',
    'MOA+12',
    'MOA+139',
  ]);
});

test('without UNS the sum of the payment is told from amounts of the last document by its code', async () => {
  const file = message('REMADV', [...REMITTANCE, 'MOA+139:1380']);
  assert.deepEqual(await outline(file), [...ROUTED, 'MOA+139']);
  assert.deepEqual(await findingsIn(file), [`segment-missing UNS ${REMITTANCE.length + 2}`]);
  assert.deepEqual(await findingsIn(file, { REMADV: { patch: { UNS: '0 1' } } }), []);
});

test('without UNS a sum whose code documents have too is not guessed: the sum is missing', async () => {
  const at = SHORT.length + 1;
  assert.deepEqual(await findingsIn(message('REMADV', changed(SHORT, 'UNS+S'))), [
    `segment-missing UNS ${at}`,
    `segment-missing MOA ${at}`,
  ]);
});

test('a sum in the header is told, kept apart from the sum after UNS, and allowed by a profile', async () => {
  for (const code of ['12', '139']) {
    const lines = changed(SHORT, 'NAD+PE', 'NAD+PE', `MOA+${code}:1`);
    const file = message('REMADV', lines);
    assert.deepEqual(await findingsIn(file), ['loop-over-maximum MOA 6']);
    assert.deepEqual((await outline(file)).slice(4), [
      ...[`MOA@header1/MOA+${code}`, 'DOC1/DOC+380', 'DOC1/MOA+12', 'UNS+S', 'MOA+12'],
    ]);
    assert.deepEqual(await findingsIn(file, { REMADV: { patch: { '/MOA@header': '0 1' } } }), []);
  }
});

for (const [fault, lines, expected] of [
  ['no date', changed(SHORT, 'DTM+137:260120:101'), ['segment-missing DTM 3']],
  ['a document without amounts', changed(SHORT, 'MOA+12:1'), ['segment-missing MOA 7']],
  ['no sum', SHORT.slice(0, -1), ['segment-missing MOA 9']],
  [
    'a document number too long',
    changed(SHORT, 'DOC+380:::Faktura+INV3:9', `DOC+380+${'1'.repeat(36)}`),
    ['element-too-long DOC02.1 6'],
  ],
  ['an amount in words', changed(REMITTANCE.concat(SUM), 'MOA+12:980', 'MOA+12:980.'), ['element-type MOA01.2 17']],
  ['an adjustment outside a document', changed(SHORT, 'NAD+PE', 'NAD+PE', 'AJT+10'), ['segment-unexpected AJT 6']],
  ['a document after UNS', [...SHORT, 'DOC+380+INV4', 'MOA+12:2'], ['segment-out-of-order DOC 10']],
  ['no qualifier', changed(SHORT, 'DOC+380:::Faktura+INV3:9', 'DOC++INV3'), ['element-missing DOC01 6']],
] as const) {
  test(`a remittance with a fault: ${fault}`, async () => {
    assert.deepEqual(await findingsIn(message('REMADV', lines)), expected);
  });
}
