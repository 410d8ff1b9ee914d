import assert from 'node:assert/strict';
import test from 'node:test';
import { changed, findingsIn, notesIn } from '../../tables/findings.ts';
import { message, outline } from '../../tables/outline.ts';

/** A pallet with two boxes, each with its SSCC; the second box holds two articles. */
const PALLETS = [
  ...[
    'BGM+351+DN1+9',
    'DTM+137:20260112:102',
    'DTM+17:202601131030:203',
    'MEA+PD+AAB+KGM:120.5',
    'RFF+ON:PO1',
    'DTM+171:20260102:102',
  ],
  ...[
    'NAD+SU+7080000000002::9',
    'LOC+5+NOBGO',
    'RFF+VA:NO1',
    'CTA+WH+:Ola',
    'COM+?+4755000000:TE',
    'NAD+DP+7080000000003::9',
  ],
  ...['TOD+++DAP', 'TDT+20++30', 'LOC+9+NOBGO', 'DTM+11:20260112:102', 'EQD+TE+TRAILER1', 'SEL+12345'],
  ...['CPS+1', 'FTX+DEL+++handle with care', 'PAC+1++201::9', 'MEA+PD+AAB+KGM:120', 'QTY+52:2', 'HAN+EAT'],
  ...['PCI+33E', 'RFF+AAJ:1', 'DTM+361:20260601:102', 'GIN+BJ+370800000000000017'],
  ...['CPS+2+1', 'PAC+1++CT', 'PCI+33E', 'GIN+BJ+370800000000000024', 'DLM+S'],
  ...[
    'LIN+1++7048840000012:EN',
    'PIA+1+FF-1:SA',
    'IMD+F++:::Torsk',
    'QTY+12:10:KGM',
    'GIN+BX+LOT1',
    'DTM+361:20260601:102',
    'MOA+203:900',
  ],
  ...[
    'RFF+ON:PO1:1',
    'DTM+171:20260102:102',
    'LOC+7+7080000000003::9',
    'QTY+11:10',
    'PCI+36E',
    'DTM+36:20260601:102',
    'QTY+59:1',
  ],
  ...['GIN+BX+LOT1', 'DLM+S', 'QVR+-2:21+BP', 'DTM+2:20260120:102'],
  ...['CPS+3+1', 'PAC+1++CT', 'PCI+33E', 'GIN+BJ+370800000000000031+370800000000000048', 'GIN+BJ+370800000000000055'],
  ...['LIN+2++7048840000029:EN', 'QTY+12:1', 'LIN+3++7048840000036:EN', 'QTY+12:4', 'QTY+59:24', 'CNT+2:3'],
];

/** No packages, one level, and no count: the least that is still a despatch advice. */
const LOOSE = [
  'BGM+351+DN2',
  'DTM+11:2601121200:201',
  'NAD+SU',
  'CPS+0001',
  'LIN+1',
  'QTY+12:0,5',
  'LIN++2',
  'QTY+12:1',
];

test('despatch advices as guides have them are found sound, in both directories', async () => {
  for (const lines of [PALLETS, LOOSE]) {
    assert.deepEqual(await findingsIn(message('DESADV', lines, 'D:96A:UN:EAN005')), []);
    assert.deepEqual(await notesIn(message('DESADV', lines, 'D:96A:UN:EAN005')), []);
    assert.deepEqual(await findingsIn(message('DESADV', lines, 'D:01B:UN:EAN007')), []);
  }
});

test('marks and numbers go to the package or to the line that they stand under', async () => {
  assert.deepEqual(await outline(message('DESADV', PALLETS)), [
    ...['BGM+351', 'DTM+137', 'DTM+17', 'MEA+PD', 'RFF1/RFF+ON', 'RFF1/DTM+171'],
    ...[
      'NAD1/NAD+SU',
      'NAD1/LOC+5',
      'NAD1/RFF1/RFF+VA',
      'NAD1/CTA1/CTA+WH',
      'NAD1/CTA1/COM++4755000000',
      'NAD2/NAD+DP',
    ],
    ...['TOD1/TOD+', 'TDT1/TDT+20', 'TDT1/LOC1/LOC+9', 'TDT1/LOC1/DTM+11', 'EQD1/EQD+TE', 'EQD1/SEL+12345'],
    ...[
      'CPS1/CPS+1',
      'CPS1/FTX+DEL',
      'CPS1/PAC1/PAC+1',
      'CPS1/PAC1/MEA+PD',
      'CPS1/PAC1/QTY+52',
      'CPS1/PAC1/HAN1/HAN+EAT',
    ],
    ...['CPS1/PAC1/PCI1/PCI+33E', 'CPS1/PAC1/PCI1/RFF+AAJ', 'CPS1/PAC1/PCI1/DTM+361', 'CPS1/PAC1/PCI1/GIN1/GIN+BJ'],
    ...[
      'CPS2/CPS+2',
      'CPS2/PAC1/PAC+1',
      'CPS2/PAC1/PCI1/PCI+33E',
      'CPS2/PAC1/PCI1/GIN1/GIN+BJ',
      'CPS2/PAC1/PCI1/GIN1/DLM+S',
    ],
    ...[
      'CPS2/LIN1/LIN+1',
      'CPS2/LIN1/PIA+1',
      'CPS2/LIN1/IMD+F',
      'CPS2/LIN1/QTY+12',
      'CPS2/LIN1/GIN+BX',
      'CPS2/LIN1/DTM+361',
      'CPS2/LIN1/MOA+203',
    ],
    ...['CPS2/LIN1/RFF1/RFF+ON', 'CPS2/LIN1/RFF1/DTM+171', 'CPS2/LIN1/LOC1/LOC+7', 'CPS2/LIN1/LOC1/QTY+11'],
    ...[
      'CPS2/LIN1/PCI1/PCI+36E',
      'CPS2/LIN1/PCI1/DTM+36',
      'CPS2/LIN1/PCI1/QTY+59',
      'CPS2/LIN1/PCI1/GIN1/GIN+BX',
      'CPS2/LIN1/PCI1/GIN1/DLM+S',
    ],
    ...['CPS2/LIN1/QVR1/QVR+-2', 'CPS2/LIN1/QVR1/DTM+2'],
    ...[
      'CPS3/CPS+3',
      'CPS3/PAC1/PAC+1',
      'CPS3/PAC1/PCI1/PCI+33E',
      'CPS3/PAC1/PCI1/GIN1/GIN+BJ',
      'CPS3/PAC1/PCI1/GIN2/GIN+BJ',
    ],
    ...['CPS3/LIN1/LIN+2', 'CPS3/LIN1/QTY+12', 'CPS3/LIN2/LIN+3', 'CPS3/LIN2/QTY+12', 'CPS3/LIN2/QTY+59', 'CNT+2'],
  ]);
});

test('packages after the lines of their group stand in that group, told to be late', async () => {
  const lines = ['BGM+351+DN1', 'CPS+1', 'LIN+1', 'QTY+12:1', 'PAC+1', 'PCI+33E', 'GIN+BJ+370800000000000017', 'LIN+2'];
  assert.deepEqual(await findingsIn(message('DESADV', lines)), ['segment-out-of-order PAC 6']);
  assert.deepEqual((await outline(message('DESADV', lines))).slice(4), [
    ...['CPS1/PAC1/PAC+1', 'CPS1/PAC1/PCI1/PCI+33E', 'CPS1/PAC1/PCI1/GIN1/GIN+BJ', 'CPS1/LIN2/LIN+2'],
  ]);
});

test('an item of D.01B may have a long number in the hierarchy, and a party of its order', async () => {
  const lines = [
    'BGM+351+DN1:1+9',
    'CPS+SHIPMENT-000001',
    'LIN+1A',
    'QTY+12:1',
    'RFF+ON:PO1',
    'NAD+BY+1::9',
    'CTA+OC',
    'DTM+171:20260102:102',
  ];
  assert.deepEqual(await findingsIn(message('DESADV', lines, 'D:01B:UN:EAN007')), []);
  assert.deepEqual(await findingsIn(message('DESADV', changed(lines, 'NAD+BY+1::9'))), [
    ...[
      'too-many-components BGM02.2 2',
      'element-too-long CPS01 3',
      'element-type LIN01 4',
      'segment-unexpected CTA 7',
    ],
  ]);
});

for (const [fault, lines, expected] of [
  ['no BGM', LOOSE.slice(1), ['segment-missing BGM 2']],
  ['a level without its number', changed(LOOSE, 'CPS+0001', 'CPS'), ['element-missing CPS01 5']],
  [
    'a line outside any level',
    changed(LOOSE, 'CPS+0001'),
    ['segment-unexpected LIN 5', 'segment-unexpected QTY 6', 'segment-unexpected LIN 7', 'segment-unexpected QTY 8'],
  ],
  ['marks without a package', changed(LOOSE, 'CPS+0001', 'CPS+0001', 'PCI+33E'), ['segment-unexpected PCI 6']],
  [
    'an SSCC that is too long',
    changed(PALLETS, 'GIN+BJ+370800000000000024', `GIN+BJ+${'3'.repeat(36)}`),
    ['element-too-long GIN02.1 33'],
  ],
  ['a quantity in letters', changed(PALLETS, 'QTY+12:1', 'QTY+12:one'), ['element-type QTY01.2 59']],
  ['a day that is none', changed(PALLETS, 'DTM+11:20260112:102', 'DTM+11:20261301:102'), ['element-date DTM01.2 17']],
  ['transport after the last level', [...LOOSE, 'TDT+20'], ['segment-out-of-order TDT 10']],
] as const) {
  test(`a despatch advice with a fault: ${fault}`, async () => {
    assert.deepEqual(await findingsIn(message('DESADV', lines)), expected);
  });
}
