import assert from 'node:assert/strict';
import test from 'node:test';
import { ORDERS, set850, tell, x12 } from './samples.ts';

const WITH_ERROR = (control: string) => set850(control, ['CUR*BY*N\tK']);
const REJECTED = (control: string) => set850(control).replace('SE*4', 'SE*5');

test('sets accepted with errors never reject their group, however many there are', async () => {
  const sets = ['0001', '0002', '0003'].map(WITH_ERROR).concat(REJECTED('0004'), set850('0005'));
  const [group] = (await tell(x12(sets), { limits: { faultySetsPerGroup: 1 } })).groups;
  assert.deepEqual([group?.verdict, group?.accepted], ['P', 4]);
});

test('rejected sets with more findings than are kept reject their group', async () => {
  const sets = ['0001', '0002', '0003'].map(REJECTED);
  const [group] = (await tell(x12([...sets, set850('0004')]), { limits: { findingsPerGroup: 2 } })).groups;
  assert.deepEqual([group?.verdict, group?.accepted], ['R', 0]);
  assert.equal(group?.findings[0]?.code, 'too-many-faulty-sets');
});

test('a flood of notes hides no reason to reject', async () => {
  const set = set850('0001', Array(50).fill('CUR')).replace('SE*52', 'SE*9');
  const { sets } = await tell(x12([set]), { limits: { findingsPerSet: 10 } });
  const codes = sets[0]?.findings.map(({ code }) => code);
  assert.deepEqual(codes, [...Array(10).fill('segment-empty'), 'segment-count-differs']);
});

test('a flood of noise hides no refused interchange', async () => {
  const { codes } = await tell(`${ORDERS}x y `.repeat(30).concat("UIB+UNOA:4'"), { limits: { findingsPerSet: 5 } });
  assert.equal(codes.filter((code) => code === 'noise-skipped').length, 5);
  assert.ok(codes.includes('interactive-refused'));
});

test('values, tags and headers of any length are kept only in their beginning', async () => {
  const long = 'x'.repeat(1_000_000);
  const lines = [`MSG*${long}\t`, `${long}\t`];
  const told = await tell(x12([set850('0001', lines), `ST*850*${long}~SE*2*${long}~`]));
  const longest = Math.max(...told.findings.flatMap(({ value, tag }) => [value.length, tag.length]));
  assert.equal(longest, 256);
  assert.ok(told.sets.every(({ header }) => JSON.stringify(header).length < 2_000));
});

test('control numbers of a million digits are compared in linear time', async () => {
  const began = performance.now();
  const number = '7'.repeat(1_000_000);
  const { codes } = await tell(x12([set850('0001')]).replace('IEA*1*000000905', `IEA*1*${number}`));
  assert.deepEqual(codes, ['interchange-control-differs']);
  assert.ok(performance.now() - began < 2_000);
});
