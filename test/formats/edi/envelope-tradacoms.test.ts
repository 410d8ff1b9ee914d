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
