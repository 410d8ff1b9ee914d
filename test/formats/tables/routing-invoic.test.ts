import assert from 'node:assert/strict';
import test from 'node:test';
import { BUILT_IN_TABLES } from '../../../formats/tables/built-in.ts';
import { TableShelf } from '../../../formats/tables/shelf.ts';
import { checkerOf } from '../../../formats/tables/table-checker.ts';
import { tell } from '../edi/samples.ts';
import { message, outline } from './outline.ts';

/** Each pair is a segment as it is sent, and where it belongs. */
type Placed = readonly (readonly [segment: string, place: string])[];

const HEADER: Placed = [
  ['BGM+380+INV1+9', 'BGM+380'],
  ['DTM+137:20260101:102', 'DTM+137'],
  ['FTX+AAI+++of the invoice', 'FTX+AAI'],
  ['RFF+ON:PO1', 'RFF1/RFF+ON'],
  ['DTM+171:20260101:102', 'RFF1/DTM+171'],
  ['RFF+DQ:D1', 'RFF2/RFF+DQ'],
  ['NAD+BY+1::9', 'NAD1/NAD+BY'],
  ['RFF+VA:NO1', 'NAD1/RFF1/RFF+VA'],
  ['NAD+SU+2::9', 'NAD2/NAD+SU'],
  ['TAX+7+VAT+++:::25', 'TAX1/TAX+7'],
  ['MOA+124:50', 'TAX1/MOA+124'],
  ['CUX+2:NOK:4', 'CUX1/CUX+2'],
  ['PAT+1', 'PAT1/PAT+1'],
  ['DTM+13:20260201:102', 'PAT1/DTM+13'],
  ['ALC+A', 'ALC1/ALC+A'],
  ['PCD+1:5', 'ALC1/PCD1/PCD+1'],
  ['MOA+8:10', 'ALC1/MOA1/MOA+8'],
  ['TAX+7+VAT+++:::25', 'ALC1/TAX1/TAX+7'],
  ['MOA+124:3', 'ALC1/TAX1/MOA+124'],
  ['ALC+C', 'ALC2/ALC+C'],
  ['MOA+23:4', 'ALC2/MOA1/MOA+23'],
];
const LINE: Placed = [
  ['LIN+1++40:EN', 'LIN1/LIN+1'],
  ['QTY+47:5', 'LIN1/QTY+47'],
  ['DTM+35:20260101:102', 'LIN1/DTM+35'],
  ['FTX+AAI+++of the line', 'LIN1/FTX+AAI'],
  ['MOA+203:100', 'LIN1/MOA1/MOA+203'],
  ['PRI+AAA:20', 'LIN1/PRI1/PRI+AAA'],
  ['RFF+ON:PO1:1', 'LIN1/RFF1/RFF+ON'],
  ['DTM+171:20260101:102', 'LIN1/RFF1/DTM+171'],
  ['TAX+7+VAT+++:::25', 'LIN1/TAX1/TAX+7'],
  ['MOA+124:25', 'LIN1/TAX1/MOA+124'],
  ['NAD+DP+3::9', 'LIN1/NAD1/NAD+DP'],
  ['RFF+VA:NO2', 'LIN1/NAD1/RFF1/RFF+VA'],
  ['ALC+A', 'LIN1/ALC1/ALC+A'],
  ['PCD+1:2', 'LIN1/ALC1/PCD1/PCD+1'],
  ['MOA+8:2', 'LIN1/ALC1/MOA1/MOA+8'],
  ['ALC+C', 'LIN1/ALC2/ALC+C'],
  ['MOA+23:1', 'LIN1/ALC2/MOA1/MOA+23'],
  ['LIN+2++41:EN', 'LIN2/LIN+2'],
  ['QTY+47:1', 'LIN2/QTY+47'],
  ['MOA+203:100', 'LIN2/MOA1/MOA+203'],
  ['TAX+7+VAT+++:::15', 'LIN2/TAX1/TAX+7'],
];
const UNS: Placed = [['UNS+S', 'UNS+S']];
const COUNT: Placed = [['CNT+2:2', 'CNT+2']];
const SUMS: Placed = [
  ['MOA+79:200', 'MOA@summary1/MOA+79'],
  ['MOA+77:245', 'MOA@summary2/MOA+77'],
  ['RFF+PQ:1', 'MOA@summary2/RFF1/RFF+PQ'],
  ['MOA+124:45', 'MOA@summary3/MOA+124'],
  ['MOA+125:200', 'MOA@summary4/MOA+125'],
  ['TAX+7+VAT+++:::25', 'TAX@summary1/TAX+7'],
  ['MOA+124:25', 'TAX@summary1/MOA+124'],
  ['MOA+125:100', 'TAX@summary1/MOA+125'],
  ['TAX+7+VAT+++:::15', 'TAX@summary2/TAX+7'],
  ['MOA+124:15', 'TAX@summary2/MOA+124'],
  ['ALC+C', 'ALC@summary1/ALC+C'],
  ['MOA+131:10', 'ALC@summary1/MOA+131'],
];

const sent = (placed: Placed) => placed.map(([segment]) => segment);
const places = (placed: Placed) => placed.map(([, place]) => place);

async function complaints(placed: Placed, release?: string): Promise<string[]> {
  const settings = { checker: checkerOf(new TableShelf(BUILT_IN_TABLES)) };
  const { sets } = await tell(message('INVOIC', sent(placed), release), settings);
  const found = sets.flatMap(({ findings }) => findings).filter(({ severity }) => severity !== 'note');
  return found.map(({ code, tag, segment }) => `${code} ${tag} ${segment}`);
}

const WHOLE = [...HEADER, ...LINE, ...UNS, ...COUNT, ...SUMS];

for (const release of ['D:96A:UN:EAN008', 'D:01B:UN:EAN010']) {
  test(`each tag of an invoice goes to header, line or sum by where it stands: ${release}`, async () => {
    assert.deepEqual(await outline(message('INVOIC', sent(WHOLE), release)), places(WHOLE));
    assert.deepEqual(await complaints(WHOLE, release), []);
  });
}

test('a credit note is laid out as an invoice is', async () => {
  const credit: Placed = [['BGM+381+CN1+9', 'BGM+381'], ...WHOLE.slice(1)];
  assert.deepEqual(await outline(message('INVOIC', sent(credit))), places(credit));
});

for (const [what, placed, expected] of [
  ['without UNS, by the count', [...HEADER, ...LINE, ...COUNT, ...SUMS], ['segment-missing UNS 44']],
  ['without UNS and count, by the code of the first sum', [...HEADER, ...LINE, ...SUMS], ['segment-missing UNS 44']],
  [
    'where the first sum stands before UNS',
    [...HEADER, ...LINE, ...SUMS.slice(0, 1), ...UNS, ...COUNT, ...SUMS.slice(1)],
    ['segment-missing UNS 44', 'segment-out-of-order UNS 45'],
  ],
] as const) {
  test(`sums are sums ${what}`, async () => {
    const routed = await outline(message('INVOIC', sent(placed)));
    assert.deepEqual(routed, places(placed));
    assert.deepEqual(await complaints(placed), expected);
  });
}

test('groups of a trigger alone', async () => {
  const bare: Placed = [
    ...HEADER.slice(0, 2),
    ['NAD+BY+1::9', 'NAD1/NAD+BY'],
    ['TAX+7', 'TAX1/TAX+7'],
    ['ALC+A', 'ALC1/ALC+A'],
    ['LIN+1', 'LIN1/LIN+1'],
    ['TAX+7', 'LIN1/TAX1/TAX+7'],
    ['ALC+A', 'LIN1/ALC1/ALC+A'],
    ['LIN+2', 'LIN2/LIN+2'],
    ...UNS,
    ['MOA+77:1', 'MOA@summary1/MOA+77'],
    ['TAX+7', 'TAX@summary1/TAX+7'],
    ['ALC+A', 'ALC@summary1/ALC+A'],
  ];
  assert.deepEqual(await outline(message('INVOIC', sent(bare))), places(bare));
});
