import assert from 'node:assert/strict';
import test from 'node:test';
import { changed, findingsIn, notesIn } from '../../tables/findings.ts';
import { message, outline } from '../../tables/outline.ts';

/** An order taken with changes: one line later, one short, one refused. */
const CHANGED = [
  ...[
    'BGM+231+OR1+4+AC',
    'DTM+137:20260103:102',
    'DTM+69:20260110:102',
    'FTX+AAI+++see lines',
    'RFF+ON:PO1',
    'DTM+171:20260102:102',
  ],
  ...[
    'AJT+1',
    'FTX+CHG+++price list 2026',
    'NAD+BY+7080000000001::9',
    'NAD+SU+7080000000002::9',
    'CTA+OE+:Ola',
    'COM+ola@fjord.no:EM',
  ],
  ...[
    'TAX+7+VAT+++:::25',
    'CUX+2:NOK:9',
    'PAT+1++5:3:D:30',
    'ALC+C++++FC',
    'MOA+23:50',
    'ALC+A',
    'PCD+1:2',
    'MOA+204:1',
  ],
  ...[
    'LIN+1+3+7048840000012:EN',
    'PIA+1+FF-1:SA',
    'QTY+21:10',
    'QTY+113:8',
    'DTM+67:20260111:102',
    'MOA+203:720',
    'FTX+LIN+++short',
  ],
  ...[
    'AJT+2',
    'FTX+CHG+++short',
    'PRI+AAA:90',
    'RFF+ON:PO1:1',
    'TAX+7+VAT+++:::25',
    'MOA+124:180',
    'ALC+A',
    'PCD+3:5',
    'SCC+1',
    'QTY+113:8',
    'DTM+67:20260111:102',
  ],
  ...['LIN+2+7+7048840000029:EN', 'QTY+21:0', 'UNS+S', 'MOA+86:770', 'CNT+2:2', 'ALC+C', 'MOA+131:50'],
];
const TAKEN = ['BGM+231+OR2+29', 'DTM+137:2026-01-03', "RFF+ON:PO?'2", 'NAD+SU+2::9', 'NAD+BY+1::9', 'UNS+S'];

test('order responses as guides have them are found sound, in both directories', async () => {
  for (const lines of [CHANGED, TAKEN]) {
    assert.deepEqual(await findingsIn(message('ORDRSP', lines, 'D:96A:UN:EAN005')), []);
    assert.deepEqual(await notesIn(message('ORDRSP', lines, 'D:96A:UN:EAN005')), []);
    assert.deepEqual(await findingsIn(message('ORDRSP', lines, 'D:01B:UN:EAN009')), []);
  }
});

test('why something was changed stands with the order, or with the line', async () => {
  const at = await outline(message('ORDRSP', CHANGED));
  assert.deepEqual(at.slice(4, 9), ['RFF1/RFF+ON', 'RFF1/DTM+171', 'AJT1/AJT+1', 'AJT1/FTX+CHG', 'NAD1/NAD+BY']);
  assert.deepEqual(at.slice(25, 33), [
    ...[
      'LIN1/MOA+203',
      'LIN1/FTX+LIN',
      'LIN1/AJT1/AJT+2',
      'LIN1/AJT1/FTX+CHG',
      'LIN1/PRI1/PRI+AAA',
      'LIN1/RFF1/RFF+ON',
    ],
    ...['LIN1/TAX1/TAX+7', 'LIN1/TAX1/MOA+124'],
  ]);
  assert.deepEqual(at.slice(-5), ['UNS+S', 'MOA+86', 'CNT+2', 'ALC@summary1/ALC+C', 'ALC@summary1/MOA+131']);
});

test('an amount that is taxable stands in the line, whether UNS follows or not', async () => {
  const lines = ['BGM+231+1', 'DTM+137:20260103:102', 'LIN+1', 'TAX+7+VAT', 'MOA+125:10', 'UNS+S'];
  assert.deepEqual(await findingsIn(message('ORDRSP', lines)), []);
  assert.deepEqual((await outline(message('ORDRSP', lines.slice(0, -1)))).at(-1), 'LIN1/TAX1/MOA+125');
});

for (const [fault, lines, expected] of [
  ['no UNS', TAKEN.slice(0, -1), ['segment-missing UNS 7']],
  ['no date', changed(TAKEN, 'DTM+137:2026-01-03'), ['segment-missing DTM 3']],
  ['a line number in letters', changed(CHANGED, 'LIN+2+7+7048840000029:EN', 'LIN+B+7'), ['element-type LIN01 40']],
  [
    'an order number too long',
    changed(TAKEN, "RFF+ON:PO?'2", `RFF+ON:${'2'.repeat(36)}`),
    ['element-too-long RFF01.2 4'],
  ],
  ['a price outside a line', changed(TAKEN, 'UNS+S', 'PRI+AAA:1', 'UNS+S'), ['segment-unexpected PRI 7']],
  [
    'a currency after the lines',
    changed(CHANGED, 'CNT+2:2', 'CUX+2:NOK:9', 'CNT+2:2'),
    ['segment-out-of-order CUX 44'],
  ],
  ['a sum of charges without its amount', CHANGED.slice(0, -1), ['segment-missing MOA 46']],
] as const) {
  test(`an order response with a fault: ${fault}`, async () => {
    assert.deepEqual(await findingsIn(message('ORDRSP', lines)), expected);
  });
}
