import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import { type Compared, compare, GOLDEN_CASES, isAgreed, mutantOf, told } from './compare-with-staedi.ts';
import { reasonFor } from './differences.ts';
import { fetchStaedi } from './staedi.ts';

/** A small set; `node test/oracle/against-staedi.ts` compares as many as one likes. */
const MUTANTS = 200;

let folder = '';
let missing = '';
let compared: readonly Compared[] = [];
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'staedi-'));
  const fetched = await fetchStaedi();
  if ('missing' in fetched) missing = fetched.missing;
  else {
    const mutants = Array.from({ length: MUTANTS }, (_, index) => mutantOf(index + 1));
    compared = await compare(fetched.jar, folder, [...GOLDEN_CASES, ...mutants]);
  }
});
after(() => rm(folder, { recursive: true, force: true }));

function unexplained(some: readonly Compared[]): string[] {
  return some.filter((one) => !isAgreed(one) && reasonFor(one) === undefined).map(told);
}

test('StAEDI says of every golden what we say, by the same tables', (context) => {
  if (missing !== '') return context.skip(missing);
  assert.deepEqual(unexplained(compared.slice(0, GOLDEN_CASES.length)), []);
});

test('StAEDI puts the first fault of mutated sets where we put it', (context) => {
  if (missing !== '') return context.skip(missing);
  const mutants = compared.slice(GOLDEN_CASES.length);
  assert.equal(mutants.length, MUTANTS);
  assert.ok(mutants.filter(({ ours }) => ours !== undefined).length > MUTANTS / 2, 'most mutants have faults');
  assert.deepEqual(unexplained(mutants), []);
});
