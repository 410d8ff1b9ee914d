import assert from 'node:assert/strict';
import test from 'node:test';
import { changed, findingsIn, notesIn } from '../tables/findings.ts';
import { outline } from '../tables/outline.ts';
import { type Message, tradacoms } from './file.ts';

const HEADER: Message = [
  'INVFIL',
  ...[
    'TYP=0700',
    'SDT=5012345678987+ABC Books+Estate:Town:::TW25 0XY+987654321:GB987654321',
    'CDT=5098765432123+XYZ Shop',
  ],
  ...['DNA=1+206:T02', 'DNA=2+207:005+073:GBP', 'FIL=4125+1+260302+REEL1'],
];
/** Two orders on one invoice, two rates of VAT, a pack of both, a charge. */
const INVOICE = [
  ...[
    'CLO=5012345678907',
    'IRF=517539+260123+260123',
    'PYT=1++260330:0',
    'PYT=2+++30:2500',
    'PYT=3++260330',
    'DNA=1++978:INV1',
  ],
  ...['ODD=1+95TD0137+:260123+2+:38600', 'ILD=1+1+9780713639040+++1+2+59950+119900+Z+0++++99900++99900+79900+40000'],
  ...['DNC=1+1+1++082:06GH1473', 'ILD=1+2+:0713639040+++1+1+200900+200900+A+0+0+++379900++334900+134000+40000'],
  ...[
    'ODD=2+96TD0148::260102+137042:260120',
    'ILD=2+1+9780563399104+++1+-1+135000+-135000+S+20000+2+CR++++225000+90000+40000',
  ],
  ...['ILD=2+2+:Z13++++1+75000+75000+Z+0++++++++++G', 'STL=1+S+20000+1+-1350+++++-1350++-1350+-270++-1620'],
  ...['STL=2+Z+0+3+3958+++++3958++3958+0++3958', 'TLR=2+2608+++++2608++2608+-270++2338'],
];
const SHORT = [
  ...['CLO=::SAN1', 'IRF=1+260123+260123', 'ODD=1+1+1', 'ILD=1+1+1++++1+10000+10000+Z+0'],
  ...['STL=1+Z+0+1+100+++++100++100+0++100', 'TLR=1+100+++++100++100+0++100'],
];
const TRAILERS: readonly Message[] = [
  ['VATTLR', 'VRS=1+S+20000+-1350+-1350+-270++-1620', 'VRS=2+Z+0+4058+4058+0++4058'],
  ['INVTLR', 'TOT=2708+2708+-270++2438+2'],
];
const FILE: readonly Message[] = [HEADER, ['INVOIC', ...INVOICE], ['INVOIC', ...SHORT], ...TRAILERS];

test('an invoice file as guides have it is found sound', async () => {
  assert.deepEqual(await findingsIn(tradacoms(FILE)), []);
  assert.deepEqual(await notesIn(tradacoms(FILE)), []);
});

test('lines stand under the order that they were ordered by', async () => {
  assert.deepEqual(await outline(tradacoms([['INVOIC', ...INVOICE]])), [
    ...[
      'CLO+5012345678907',
      'IRF+517539',
      'PYT+1',
      'PYT+2',
      'PYT+3',
      'DNA+1',
      'ODD1/ODD+1',
      'ODD1/ILD1/ILD+1',
      'ODD1/ILD1/DNC+1',
    ],
    ...['ODD1/ILD2/ILD+1', 'ODD2/ODD+2', 'ODD2/ILD1/ILD+2', 'ODD2/ILD2/ILD+2', 'STL+1', 'STL+2', 'TLR+2'],
  ]);
});

const VATTLR = 3;
for (const [fault, at, lines, expected] of [
  ['no references', 2, changed(SHORT, 'IRF=1+260123+260123'), ['segment-missing IRF 3']],
  ['no order', 2, changed(SHORT, 'ODD=1+1+1'), ['segment-unexpected ILD 4', 'segment-missing ODD 5']],
  [
    'a price with a point',
    2,
    changed(SHORT, 'ILD=1+1+1++++1+10000+10000+Z+0', 'ILD=1+1+1++++1+1.00+10000+Z+0'),
    ['element-type ILD08.1 5'],
  ],
  [
    'no line cost',
    2,
    changed(SHORT, 'ILD=1+1+1++++1+10000+10000+Z+0', 'ILD=1+1+1++++1+10000++Z+0'),
    ['element-missing ILD09 5'],
  ],
  [
    'an invoice number too long',
    2,
    changed(SHORT, 'IRF=1+260123+260123', 'IRF=123456789012345678+260123+260123'),
    ['element-too-long IRF01 3'],
  ],
  [
    'a day of five digits',
    2,
    changed(SHORT, 'IRF=1+260123+260123', 'IRF=1+60123+260123'),
    ['element-too-short IRF02 3'],
  ],
  [
    'terms after the lines',
    2,
    changed(SHORT, 'TLR=1+100+++++100++100+0++100', 'PYT=1+++30', 'TLR=1+100+++++100++100+0++100'),
    ['segment-out-of-order PYT 7'],
  ],
  ['a line after the sums', 2, [...SHORT, 'ILD=1+2+1++++1+10000+10000+Z+0'], ['segment-unexpected ILD 8']],
  ['no sum', 2, SHORT.slice(0, -1), ['segment-missing TLR 7']],
  [
    'no VAT amount',
    VATTLR,
    ['VRS=1+S+20000+-1350+-1350', 'VRS=2+Z+0+4058+4058+0++4058'],
    ['element-missing VRS06 2', 'element-missing VRS08 2'],
  ],
] as const) {
  test(`an invoice file with a fault: ${fault}`, async () => {
    const file = tradacoms(FILE.map((message, index) => (index === at ? [message[0], ...lines] : message)));
    assert.deepEqual(await findingsIn(file), expected);
  });
}
