import assert from 'node:assert/strict';
import test from 'node:test';
import { changed, findingsIn, notesIn } from '../tables/findings.ts';
import { outline } from '../tables/outline.ts';
import { type Message, tradacoms } from './file.ts';

const HEADER = [
  ...['TYP=0430+NEW-ORDERS', 'SDT=5012345678987:000030034+FJORD FOODS LTD+1 Quay:Dock:Leith::EH6 6AA+987654321'],
  ...['CDT=5000000000002+BUYER PLC', 'DNA=1+206:T02', 'FIL=1630+1+260101'],
];
const ORDER = [
  ...['CLO=5000000000283:89828+EAST DEPOT', 'ORD=70970::260101', 'DIN=260107++0000'],
  ...['OLD=1+5010210000000++:00893592+12+60++++CRUSTY ROLLS:4 PACK', 'DNB=1+1++108:225:128:?+?+?+:142::202:070123'],
  ...['OLD=2+:5000169475119+5000169847442+:047836+12:1500:KG+68:2500:KG+129900', 'OTR=2'],
];
/** As short as they come. */
const SHORT = ['CLO=:777:DEPOT D', 'ORD=B1102300::260102++N', 'OLD=1+0+++1+1', 'OTR=1'];
const FILE: readonly Message[] = [
  ['ORDHDR', ...HEADER],
  ['ORDERS', ...ORDER],
  ['ORDERS', ...SHORT],
  ['ORDTLR', 'OFT=2'],
];

test('an order file as guides have it is found sound', async () => {
  assert.deepEqual(await findingsIn(tradacoms(FILE)), []);
  assert.deepEqual(await notesIn(tradacoms(FILE)), []);
  const short: readonly Message[] = [
    ['ORDHDR', 'TYP=0430', 'SDT=:000030034', 'CDT=5000000000002', 'FIL=1+1+260101'],
    ['ORDERS', ...SHORT],
    ['ORDTLR', 'OFT=1'],
  ];
  assert.deepEqual(await findingsIn(tradacoms(short)), []);
});

test('narratives stand with the line before them', async () => {
  assert.deepEqual(await outline(tradacoms([['ORDERS', ...ORDER]])), [
    ...['CLO+5000000000283', 'ORD+70970', 'DIN+260107', 'OLD1/OLD+1', 'OLD1/DNB+1', 'OLD2/OLD+2', 'OTR+2'],
  ]);
});

test('a profile of ORDERS is one of EDIFACT; TRADACOMS is named before its own', async () => {
  assert.deepEqual(await findingsIn(tradacoms(FILE), { ORDERS: { patch: { LIN: '0 0' } } }), []);
  assert.deepEqual(await findingsIn(tradacoms(FILE), { 'TRADACOMS/ORDERS': { patch: { OLD: '1 1' } } }), [
    'loop-over-maximum OLD 7',
  ]);
});

for (const [fault, type, lines, expected] of [
  ['no customer', 'ORDHDR', changed(HEADER, 'CDT=5000000000002+BUYER PLC'), ['segment-missing CDT 4']],
  [
    'no order number at all',
    'ORDERS',
    changed(SHORT, 'ORD=B1102300::260102++N', 'ORD=++N'),
    ['element-missing ORD01 3'],
  ],
  ['no lines', 'ORDERS', changed(SHORT, 'OLD=1+0+++1+1'), ['segment-missing OLD 4']],
  ['a quantity with a point', 'ORDERS', changed(SHORT, 'OLD=1+0+++1+1', 'OLD=1+0+++1+1.5'), ['element-type OLD06.1 4']],
  [
    'a line number of eleven digits',
    'ORDERS',
    changed(SHORT, 'OLD=1+0+++1+1', 'OLD=12345678901+0+++1+1'),
    ['element-too-long OLD01 4'],
  ],
  [
    'a date with its century',
    'ORDERS',
    changed(ORDER, 'DIN=260107++0000', 'DIN=20260107'),
    ['element-too-long DIN01 4'],
  ],
  [
    'a narrative before any line',
    'ORDERS',
    changed(SHORT, 'OLD=1+0+++1+1', 'DNB=1+1', 'OLD=1+0+++1+1'),
    ['segment-unexpected DNB 4'],
  ],
  [
    'delivery after the lines',
    'ORDERS',
    changed(SHORT, 'OTR=1', 'DIN=260107', 'OTR=1'),
    ['segment-out-of-order DIN 5'],
  ],
  ['no count', 'ORDTLR', [], ['segment-missing OFT 2']],
] as const) {
  test(`an order file with a fault: ${fault}`, async () => {
    const file = tradacoms(FILE.map((message, at) => (message[0] === type && at !== 2 ? [type, ...lines] : message)));
    assert.deepEqual(await findingsIn(file), expected);
  });
}
