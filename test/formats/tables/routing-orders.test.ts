import assert from 'node:assert/strict';
import test from 'node:test';
import { BUILT_IN_TABLES } from '../../../formats/tables/built-in.ts';
import { TableShelf } from '../../../formats/tables/shelf.ts';
import { checkerOf } from '../../../formats/tables/table-checker.ts';
import { tell } from '../edi/samples.ts';
import { message, outline } from './outline.ts';

const HEADER = ['BGM+220+PO1+9', 'DTM+137:20260101:102', 'FTX+AAI+++header', 'RFF+CT:1', 'DTM+171:20260102:102'];
const PARTIES = ['NAD+BY+1::9', 'LOC+7+1', 'RFF+VA:NO1', 'CTA+OC', 'COM+a:EM', 'NAD+SU+2::9'];
const TERMS = [
  ...[
    'TAX+7+VAT+++:::25',
    'MOA+124:50',
    'TAX+7+VAT+++:::15',
    'CUX+2:NOK:9',
    'DTM+134:20260101:102',
    'PAT+1',
    'DTM+13:20260201:102',
  ],
  ...['ALC+A', 'DTM+1:20260101:102', 'PCD+1:5', 'MOA+8:10', 'TAX+7+VAT+++:::25', 'MOA+124:2', 'ALC+C', 'MOA+23:3'],
];
const LINE = [
  ...['LIN+1++40:EN', 'PIA+1+1:SA', 'QTY+21:5', 'DTM+2:20260110:102', 'MOA+203:100', 'FTX+AAI+++line', 'PRI+AAA:20'],
  ...[
    'RFF+CT:1',
    'DTM+171:20260102:102',
    'PAC+1',
    'RFF+ON:2',
    'LOC+7+1',
    'QTY+11:2',
    'TAX+7+VAT+++:::25',
    'MOA+124:25',
  ],
  ...[
    'NAD+DP+3::9',
    'RFF+VA:NO2',
    'ALC+A',
    'PCD+1:2',
    'MOA+8:2',
    'ALC+C',
    'MOA+23:1',
    'SCC+1',
    'QTY+21:3',
    'DTM+2:20260111:102',
  ],
];
const SUMMARY = ['UNS+S', 'MOA+79:200', 'MOA+86:260', 'CNT+2:2', 'ALC+C', 'MOA+131:10'];

const ROUTED = [
  ...['BGM+220', 'DTM+137', 'FTX+AAI', 'RFF1/RFF+CT', 'RFF1/DTM+171'],
  ...['NAD1/NAD+BY', 'NAD1/LOC+7', 'NAD1/RFF1/RFF+VA', 'NAD1/CTA1/CTA+OC', 'NAD1/CTA1/COM+a', 'NAD2/NAD+SU'],
  ...['TAX1/TAX+7', 'TAX1/MOA+124', 'TAX2/TAX+7', 'CUX1/CUX+2', 'CUX1/DTM+134', 'PAT1/PAT+1', 'PAT1/DTM+13'],
  ...['ALC1/ALC+A', 'ALC1/DTM+1', 'ALC1/PCD1/PCD+1', 'ALC1/MOA1/MOA+8', 'ALC1/TAX1/TAX+7', 'ALC1/TAX1/MOA+124'],
  ...['ALC2/ALC+C', 'ALC2/MOA1/MOA+23'],
  ...['LIN1/LIN+1', 'LIN1/PIA+1', 'LIN1/QTY+21', 'LIN1/DTM+2', 'LIN1/MOA+203', 'LIN1/FTX+AAI', 'LIN1/PRI1/PRI+AAA'],
  ...[
    'LIN1/RFF1/RFF+CT',
    'LIN1/RFF1/DTM+171',
    'LIN1/PAC1/PAC+1',
    'LIN1/PAC1/RFF1/RFF+ON',
    'LIN1/LOC1/LOC+7',
    'LIN1/LOC1/QTY+11',
  ],
  ...['LIN1/TAX1/TAX+7', 'LIN1/TAX1/MOA+124', 'LIN1/NAD1/NAD+DP', 'LIN1/NAD1/RFF1/RFF+VA', 'LIN1/ALC1/ALC+A'],
  ...['LIN1/ALC1/PCD1/PCD+1', 'LIN1/ALC1/MOA1/MOA+8', 'LIN1/ALC2/ALC+C', 'LIN1/ALC2/MOA1/MOA+23', 'LIN1/SCC1/SCC+1'],
  ...['LIN1/SCC1/QTY1/QTY+21', 'LIN1/SCC1/QTY1/DTM+2', 'LIN2/LIN+2', 'LIN2/QTY+21', 'LIN2/MOA+203'],
];
const SECOND = ['LIN+2++41:EN', 'QTY+21:1', 'MOA+203:100'];
const SUMS = ['UNS+S', 'MOA+79', 'MOA+86', 'CNT+2', 'ALC@summary1/ALC+C', 'ALC@summary1/MOA+131'];
const BODY = [...HEADER, ...PARTIES, ...TERMS, ...LINE, ...SECOND];

async function codes(lines: readonly string[], release?: string): Promise<string[]> {
  const settings = { checker: checkerOf(new TableShelf(BUILT_IN_TABLES)) };
  const { findings } = await tell(message('ORDERS', lines, release), settings);
  return findings
    .filter(({ severity }) => severity !== 'note')
    .map(({ code, tag, segment }) => `${code} ${tag} ${segment}`);
}

test('each tag of an order goes to header, line or sum by where it stands', async () => {
  assert.deepEqual(await outline(message('ORDERS', [...BODY, ...SUMMARY])), [...ROUTED, ...SUMS]);
  assert.deepEqual(await codes([...BODY, ...SUMMARY]), []);
  assert.deepEqual(await codes([...BODY, ...SUMMARY], 'D:01B:UN:EAN010'), []);
});

test('without UNS the sums are still sums: by their code, and by what only a summary has', async () => {
  const lines = [...BODY, ...SUMMARY.slice(1)];
  assert.deepEqual(await outline(message('ORDERS', lines)), [...ROUTED, ...SUMS.slice(1)]);
  assert.deepEqual(await codes(lines), [`segment-missing UNS ${BODY.length + 2}`]);
});

test('a sum before UNS is a sum', async () => {
  const lines = [...BODY, 'MOA+79:200', 'UNS+S', 'MOA+86:260', 'CNT+2:2'];
  assert.deepEqual(await outline(message('ORDERS', lines)), [...ROUTED, 'MOA+79', 'UNS+S', 'MOA+86', 'CNT+2']);
  const at = BODY.length + 2;
  assert.deepEqual(await codes(lines), [`segment-missing UNS ${at}`, `segment-out-of-order UNS ${at + 1}`]);
});

test('an amount of a line stays one, also as the last thing before UNS', async () => {
  const lines = [...HEADER, 'LIN+1++40:EN', 'MOA+203:100', 'MOA+66:100', 'UNS+S'];
  const routed = ['LIN1/LIN+1', 'LIN1/MOA+203', 'LIN1/MOA+66', 'UNS+S'];
  assert.deepEqual((await outline(message('ORDERS', lines))).slice(HEADER.length), routed);
});

test('groups of a trigger alone, and a header without lines', async () => {
  const lines = [
    'BGM+220+1',
    'DTM+137:20260101:102',
    'RFF+CT:1',
    'NAD+BY+1::9',
    'NAD+SU+2::9',
    'ALC+A',
    'ALC+C',
    'UNS+S',
    'CNT+2:0',
  ];
  const routed = [
    'BGM+220',
    'DTM+137',
    'RFF1/RFF+CT',
    'NAD1/NAD+BY',
    'NAD2/NAD+SU',
    'ALC1/ALC+A',
    'ALC2/ALC+C',
    'UNS+S',
    'CNT+2',
  ];
  assert.deepEqual(await outline(message('ORDERS', lines)), routed);
});

test('nothing is lost: what the table does not list stays in the loop that is open', async () => {
  const lines = [...HEADER, 'LIN+1++40:EN', 'ZZZ+1', 'QTY+21:5', 'UNS+S', 'NAD+XX'];
  const routed = ['LIN1/LIN+1', 'LIN1/ZZZ+1', 'LIN1/QTY+21', 'UNS+S', 'NAD1/NAD+XX'];
  assert.deepEqual((await outline(message('ORDERS', lines))).slice(HEADER.length), routed);
  assert.deepEqual(await codes(lines), ['segment-out-of-order NAD 11']);
});
