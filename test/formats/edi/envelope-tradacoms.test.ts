import assert from 'node:assert/strict';
import test from 'node:test';
import { TRADACOMS, tell } from './samples.ts';

function message(number: number, type: string): string {
  return `MHD=${number}+${type}:9'XYZ=1'MTR=3'`;
}

function file(types: readonly string[], batch = false): string {
  const messages = types.map((type, index) => message(index + 1, type)).join('');
  const head = TRADACOMS.slice(0, TRADACOMS.indexOf('MHD'));
  return `${head}${batch ? `BAT=1'${messages}EOB=${types.length}'` : messages}END=${types.length}'`;
}

test('an order file is header, orders and trailer in one group without id', async () => {
  const told = await tell(TRADACOMS);
  assert.deepEqual(told.codes, []);
  assert.deepEqual(
    told.sets.map(({ header, segments }) => [header.type, header.control, header.version, segments]),
    [
      ['ORDHDR', '1', '9', 3],
      ['ORDERS', '2', '9', 3],
      ['ORDTLR', '3', '9', 3],
    ],
  );
  assert.ok(told.segments.includes('CLO 5000000000003|A+B'));
  const { sender, receiver, control, version } = told.interchanges[0]?.header ?? {};
  assert.deepEqual([sender?.id, receiver?.id, control, version], ['5000000000001', '5000000000002', 'REF9', 'ANA:1']);
});

test('an equals sign is the end of a tag only once, and may be released', async () => {
  const told = await tell(TRADACOMS.replace('CLO=5000000000003', 'CLO=a=b?=c'));
  assert.ok(told.segments.includes('CLO a=b=c|A+B'));
});

test('batches are groups, counted by EOB', async () => {
  assert.deepEqual((await tell(file(['ORDHDR', 'ORDERS', 'ORDTLR'], true))).codes, []);
  const wrong = file(['ORDHDR', 'ORDERS', 'ORDTLR'], true).replace('EOB=3', 'EOB=2');
  assert.deepEqual((await tell(wrong)).codes, ['set-count-differs']);
});

test('invoice files end with the VAT trailer and the file trailer', async () => {
  assert.deepEqual((await tell(file(['INVFIL', 'INVOIC', 'INVOIC', 'VATTLR', 'INVTLR']))).codes, []);
});

for (const types of [
  ['ORDERS', 'ORDTLR'],
  ['ORDHDR', 'ORDERS'],
  ['ORDHDR', 'INVOIC', 'ORDTLR'],
  ['INVFIL', 'INVOIC', 'INVTLR'],
]) {
  test(`messages out of their order are found: ${types.join(', ')}`, async () => {
    const { codes } = await tell(file(types));
    assert.ok(codes.length > 0 && codes.every((code) => code === 'set-order'), codes.join());
  });
}

test('one message with a wrong number or of an unknown type makes the ones after it no wrong', async () => {
  const types = ['ORDHDR', 'ORDERS', 'ORDERS', 'ORDTLR'];
  const odd = file(types).replace('MHD=3', "MHD=9+XXXXXX:1'MTR=2'MHD=3").replace('END=4', 'END=5');
  const { sets } = await tell(odd);
  assert.deepEqual(
    sets.map(({ header, verdict }) => header.control + verdict),
    ['1A', '2A', '9R', '3A', '4A'],
  );
});

test('numbers of MHD, counts of MTR and of END are checked', async () => {
  assert.deepEqual((await tell(TRADACOMS.replace('MHD=2', 'MHD=5'))).codes, ['set-out-of-order', 'set-out-of-order']);
  assert.deepEqual((await tell(TRADACOMS.replace('MTR=3', 'MTR=4'))).codes, ['segment-count-differs']);
  assert.deepEqual((await tell(TRADACOMS.replace('END=3', 'END=4'))).codes, ['interchange-count-differs']);
});

test('files in blocks of 80 columns are joined, tags cut across lines included', async () => {
  const long = file(['ORDHDR', ...Array(20).fill('ORDERS'), 'ORDTLR']);
  const told = await tell(long.replaceAll(/.{80}/gs, '$&\n'));
  assert.deepEqual(told.codes, ['wrapped']);
  assert.equal(told.sets.length, 22);
});

/** Two invoices in pence: 373.34 less settlement discount with 17.5 % VAT, and 120.29 free of it and 10.00 with it. */
const INVOICES = [
  TRADACOMS.slice(0, TRADACOMS.indexOf('MHD')),
  "MHD=1+INVFIL:9'TYP=0700+INVOICES'MTR=3'",
  "MHD=2+INVOIC:9'ILD=1+1'STL=1+S+17500+1+37334+++++37334+933+36401+6370+43704+42771'",
  "TLR=1+37334+++++37334+933+36401+6370+43704+42771'MTR=5'",
  "MHD=3+INVOIC:9'ILD=1+1'STL=1+Z+0+1+12029+++++12029+0+12029+0+12029+12029'STL=2+S+17500+1+1000+++++1000+0+1000+175+1175+1175'",
  "TLR=2+13029+++++13029+0+13029+175+13204+13204'MTR=6'",
  "MHD=4+VATTLR:9'VRS=1+S+17500+38334+37401+6545+44879+43946'VRS=2+Z+0+12029+12029+0+12029+12029'MTR=4'",
  "MHD=5+INVTLR:9'TOT=50363+49430+6545+56908+55975+2'MTR=3'",
  "END=5'",
].join('');

test('the totals of invoices, VAT rates and the file are the sums of what they sum up', async () => {
  assert.deepEqual((await tell(INVOICES)).codes, []);
  assert.deepEqual((await tell(INVOICES.replace('MHD', "BAT=1'MHD").replace('END', "EOB=5'END"))).codes, []);
});

const WRONG_TOTALS: readonly (readonly [name: string, file: string, tag: string, element: number])[] = [
  ['a TLR that counts other STLs', INVOICES.replace('TLR=1', 'TLR=3'), 'TLR', 1],
  ['a TLR with another amount', INVOICES.replace("+42771'MTR", "+42770'MTR"), 'TLR', 12],
  ['a VRS with another VAT', INVOICES.replace('37401+6545', '37401+6546'), 'VRS', 6],
  ['a VRS for a rate that no invoice has', INVOICES.replace('VRS=2+Z+0', 'VRS=2+L+5000'), 'VRS', 4],
  ['a TOT with another amount', INVOICES.replace('TOT=50363', 'TOT=50364'), 'TOT', 1],
  ['a TOT of more invoices than came', INVOICES.replace("+2'MTR=3'END", "+3'MTR=3'END"), 'TOT', 6],
  ['an OFT of fewer orders than came', TRADACOMS.replace('OFT=1', 'OFT=0'), 'OFT', 1],
];

for (const [name, file, tag, element] of WRONG_TOTALS) {
  test(`a total that differs is found: ${name}`, async () => {
    const { findings, interchanges, sets } = await tell(file);
    assert.deepEqual([findings[0]?.tag, findings[0]?.element, findings[0]?.severity], [tag, element, 'reject']);
    assert.equal(sets.find(({ findings: found }) => found.length > 0)?.verdict, 'R');
    assert.equal(interchanges[0]?.verdict, tag === 'TLR' ? 'A' : 'R', 'a total of the file rejects the file');
  });
}

test('totals that are left out, or sum up what was left out, are not checked', async () => {
  const withoutApse = INVOICES.replace('+6370+43704+42771', '+6370++42771');
  assert.deepEqual((await tell(withoutApse)).codes, []);
  assert.deepEqual((await tell(INVOICES.replace('TOT=50363+49430', 'TOT=+49430'))).codes, []);
});
