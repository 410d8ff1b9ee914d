import assert from 'node:assert/strict';
import test from 'node:test';
import { changed, findingsIn, notesIn } from '../../tables/findings.ts';
import { message, outline } from '../../tables/outline.ts';

/** Two rates of VAT, an allowance of the invoice and one of a line, both by percent and amount. */
const INVOICE = [
  ...['BGM+380+INV?+1+9', 'DTM+137:20260115:102', 'DTM+35:20260112:102', 'FTX+REG+++Foretaksregisteret'],
  ...['RFF+ON:PO1', 'DTM+171:20260102:102', 'RFF+DQ:DN1'],
  ...[
    'NAD+BY+7080000000001::9',
    'RFF+VA:NO987654321MVA',
    'NAD+SU+7080000000002::9++Fjord Foods AS+Kaia 1:Bygg 2+Bergen++5003+NO',
  ],
  ...['FII+RB+12345678901', 'RFF+VA:NO123456789MVA', 'CTA+AR+:Kari', 'COM+post@fjord.no:EM'],
  ...[
    'TAX+7+VAT+++:::25+S',
    'CUX+2:NOK:4',
    'PAT+3',
    'DTM+13:20260214:102',
    'PAT+22++5:3:D:10',
    'PCD+12:2',
    'MOA+52:20',
  ],
  ...['TOD+3++DAP', 'LOC+1+NOBGO'],
  ...[
    'ALC+A+++1+DI:::Bonus',
    'PCD+1:10',
    'MOA+8:100',
    'TAX+7+VAT+++:::25+S',
    'MOA+124:-25',
    'ALC+C++++FC',
    'MOA+23:50,00',
  ],
  ...[
    'LIN+1++7048840000012:EN',
    'PIA+1+FF-1:SA',
    'IMD+F++:::Torsk',
    'QTY+47:10:KGM',
    'MOA+203:900',
    'PRI+AAA:90:::1:KGM',
  ],
  ...['RFF+ON:PO1:1', 'TAX+7+VAT+++:::15+S', 'MOA+124:135', 'NAD+DP+7080000000003::9'],
  ...['ALC+A++++TD', 'PCD+3:10', 'MOA+204:100', 'ALC+C++++FC', 'MOA+23:1'],
  ...[
    'LIN+2++7048840000029:EN',
    'QTY+47:1',
    'FTX+AAI+++line',
    'MOA+203:200',
    'MOA+66:200',
    'PRI+AAB:200',
    'TAX+7+VAT+++:::25+S',
  ],
];
const SUMS = [
  ...[
    'UNS+S',
    'CNT+2:2',
    'MOA+79:1100',
    'MOA+77:1250',
    'MOA+125:1050',
    'RFF+IV:INV0',
    'DTM+171:20251231:102',
    'MOA+176:200',
  ],
  ...['TAX+7+VAT+++:::15+S', 'MOA+125:900', 'MOA+124:135', 'TAX+7+VAT+++:::25+S', 'MOA+125:150', 'MOA+124:37.5'],
  ...['ALC+A', 'MOA+131:-50'],
];

/** A credit note of one line, as short as they come; blanks, empty elements and separators at the end are noise. */
const CREDIT_NOTE = [
  ...['BGM+381+CN000017+9++', 'DTM+137:20260120:102', 'RFF+IV:INV?+1', 'NAD+SU+2::9', 'NAD+BY+1::9', 'ALC+A', 'ALC+C'],
  ...['LIN+000001++:EN', 'QTY+47:-1', 'MOA+203:-100', 'UNS+S', 'MOA+86:-125'],
];

test('an invoice and a credit note as guides have them are found sound, in both directories', async () => {
  for (const lines of [[...INVOICE, ...SUMS], CREDIT_NOTE]) {
    assert.deepEqual(await findingsIn(message('INVOIC', lines, 'D:96A:UN:EAN008')), []);
    assert.deepEqual(await notesIn(message('INVOIC', lines, 'D:96A:UN:EAN008')), []);
    assert.deepEqual(await findingsIn(message('INVOIC', lines, 'D:01B:UN:EAN010')), []);
  }
});

const ROUTED = [
  ...['BGM+380', 'DTM+137', 'DTM+35', 'FTX+REG', 'RFF1/RFF+ON', 'RFF1/DTM+171', 'RFF2/RFF+DQ'],
  ...[
    'NAD1/NAD+BY',
    'NAD1/RFF1/RFF+VA',
    'NAD2/NAD+SU',
    'NAD2/FII+RB',
    'NAD2/RFF1/RFF+VA',
    'NAD2/CTA1/CTA+AR',
    'NAD2/CTA1/COM+post@fjord.no',
  ],
  ...[
    'TAX1/TAX+7',
    'CUX1/CUX+2',
    'PAT1/PAT+3',
    'PAT1/DTM+13',
    'PAT2/PAT+22',
    'PAT2/PCD+12',
    'PAT2/MOA+52',
    'TOD1/TOD+3',
    'TOD1/LOC+1',
  ],
  ...[
    'ALC1/ALC+A',
    'ALC1/PCD1/PCD+1',
    'ALC1/MOA1/MOA+8',
    'ALC1/TAX1/TAX+7',
    'ALC1/TAX1/MOA+124',
    'ALC2/ALC+C',
    'ALC2/MOA1/MOA+23',
  ],
  ...[
    'LIN1/LIN+1',
    'LIN1/PIA+1',
    'LIN1/IMD+F',
    'LIN1/QTY+47',
    'LIN1/MOA1/MOA+203',
    'LIN1/PRI1/PRI+AAA',
    'LIN1/RFF1/RFF+ON',
  ],
  ...['LIN1/TAX1/TAX+7', 'LIN1/TAX1/MOA+124', 'LIN1/NAD1/NAD+DP'],
  ...['LIN1/ALC1/ALC+A', 'LIN1/ALC1/PCD1/PCD+3', 'LIN1/ALC1/MOA1/MOA+204', 'LIN1/ALC2/ALC+C', 'LIN1/ALC2/MOA1/MOA+23'],
  ...[
    'LIN2/LIN+2',
    'LIN2/QTY+47',
    'LIN2/FTX+AAI',
    'LIN2/MOA1/MOA+203',
    'LIN2/MOA2/MOA+66',
    'LIN2/PRI1/PRI+AAB',
    'LIN2/TAX1/TAX+7',
  ],
];
const ROUTED_SUMS = [
  ...['UNS+S', 'CNT+2', 'MOA@summary1/MOA+79', 'MOA@summary2/MOA+77', 'MOA@summary3/MOA+125'],
  ...['MOA@summary3/RFF1/RFF+IV', 'MOA@summary3/RFF1/DTM+171', 'MOA@summary4/MOA+176'],
  ...[
    'TAX@summary1/TAX+7',
    'TAX@summary1/MOA+125',
    'TAX@summary1/MOA+124',
    'TAX@summary2/TAX+7',
    'TAX@summary2/MOA+125',
    'TAX@summary2/MOA+124',
  ],
  ...['ALC@summary1/ALC+A', 'ALC@summary1/MOA+131'],
];

test('the same tags go to header, line or summary by where they stand', async () => {
  assert.deepEqual(await outline(message('INVOIC', [...INVOICE, ...SUMS])), [...ROUTED, ...ROUTED_SUMS]);
});

test('without UNS the count and the sums are still those of the invoice', async () => {
  const file = message('INVOIC', [...INVOICE, ...SUMS.slice(1)]);
  assert.deepEqual(await outline(file), [...ROUTED, ...ROUTED_SUMS.slice(1)]);
  assert.deepEqual(await findingsIn(file), [`segment-missing UNS ${INVOICE.length + 2}`]);
  assert.deepEqual(await findingsIn(file, { INVOIC: { patch: { UNS: '0 1' } } }), []);
});

test('without UNS and CNT the first sum of the whole invoice begins the summary', async () => {
  const file = message('INVOIC', [...INVOICE, ...SUMS.slice(2)]);
  assert.deepEqual(await outline(file), [...ROUTED, ...ROUTED_SUMS.slice(2)]);
});

test('a sum before UNS is a sum, and UNS is told to be late', async () => {
  const lines = [...INVOICE, 'MOA+86:1250', 'UNS+S', 'MOA+79:1100'];
  assert.deepEqual((await outline(message('INVOIC', lines))).slice(INVOICE.length), [
    ...['MOA@summary1/MOA+86', 'UNS+S', 'MOA@summary2/MOA+79'],
  ]);
  const at = INVOICE.length + 2;
  assert.deepEqual(await findingsIn(message('INVOIC', lines)), [
    `segment-missing UNS ${at}`,
    `segment-out-of-order UNS ${at + 1}`,
  ]);
});

test('taxable and tax amounts of a line stay in the line, as last thing of it too', async () => {
  const lines = [...CREDIT_NOTE.slice(0, -2), 'TAX+7+VAT+++:::25', 'MOA+125:-100', 'UNS+S', 'MOA+86:-125'];
  assert.deepEqual((await outline(message('INVOIC', lines))).slice(-4), [
    ...['LIN1/TAX1/TAX+7', 'LIN1/TAX1/MOA+125', 'UNS+S', 'MOA@summary1/MOA+86'],
  ]);
  assert.deepEqual(await findingsIn(message('INVOIC', lines)), []);
});

test('what D.01B adds at header and line has its place there', async () => {
  const lines = [
    ...['BGM+380:::Faktura+INV1:1:1+9', 'DTM+137:20260115:102', `FTX+AAI+++${'x'.repeat(512)}`, 'LOC+1+NOBGO'],
    ...['RFF+ON:PO1', 'LOC+7+1', 'MOA+9:1', 'NAD+BY+1:GLN-REGISTER:9', 'NAD+SU+2::9+++++NO-46:::Vestland+5003+NO'],
    ...[
      'CUX+2:NOK:4',
      'ALC+C++++FC',
      'FTX+ZZZ+++note',
      'MOA+8:1',
      'CUX+2:NOK',
      'LIN+1',
      'IMD+F+DSC:::+:::Torsk',
      'QTY+47:1',
    ],
    ...[
      'MOA+203:1',
      'ALC+A',
      'FTX+ZZZ+++note',
      'PCD+1:5',
      'UNS+S',
      'MOA+77:1',
      'TAX+7+VAT',
      'MOA+124:0',
      'MOA+125:1',
      'MOA+79:1',
    ],
  ];
  const file = message('INVOIC', lines, 'D:01B:UN:EAN010');
  assert.deepEqual(await findingsIn(file), []);
  const at = await outline(file);
  assert.deepEqual(at.slice(3, 7), ['LOC+1', 'RFF1/RFF+ON', 'RFF1/LOC+7', 'RFF1/MOA+9']);
});

const WHOLE = [...INVOICE, ...SUMS];
for (const [fault, lines, expected] of [
  ['no BGM', changed(WHOLE, 'BGM+380+INV?+1+9'), ['segment-missing BGM 2']],
  ['no sum', [...CREDIT_NOTE.slice(0, -1)], ['segment-missing MOA 13']],
  ['a reference too long', changed(WHOLE, 'RFF+DQ:DN1', `RFF+DQ:${'x'.repeat(36)}`), ['element-too-long RFF01.2 8']],
  ['an amount that is no number', changed(WHOLE, 'MOA+203:900', 'MOA+203:9OO'), ['element-type MOA01.2 36']],
  ['a date of no calendar', changed(WHOLE, 'DTM+35:20260112:102', 'DTM+35:20260231:102'), ['element-date DTM01.2 4']],
  ['a qualifier left out', changed(WHOLE, 'QTY+47:1', 'QTY+:1'), ['element-missing QTY01.1 48']],
  [
    'a contact with no party',
    changed(CREDIT_NOTE, 'NAD+SU+2::9', 'CTA+AR', 'NAD+SU+2::9'),
    ['segment-unexpected CTA 5'],
  ],
  ['a price in the header', changed(CREDIT_NOTE, 'ALC+A', 'PRI+AAA:1', 'ALC+A'), ['segment-unexpected PRI 7']],
  ['a party in the summary', [...WHOLE, 'NAD+IV+3::9'], [`segment-out-of-order NAD ${WHOLE.length + 2}`]],
] as const) {
  test(`an invoice with a fault: ${fault}`, async () => {
    assert.deepEqual(await findingsIn(message('INVOIC', lines)), expected);
  });
}
