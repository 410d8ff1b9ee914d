import assert from 'node:assert/strict';
import test from 'node:test';
import { ORDERS, set850, TRADACOMS, tell, x12 } from './samples.ts';

/** The suite makes a small set; a million: ML_CONNECTOR_MUTANTS=1000000 node --test test/formats/edi/mutants.test.ts */
const MUTANTS = Number(process.env.ML_CONNECTOR_MUTANTS ?? 1000);

const SETS = ['0001', '0002', '0003', '0004'];
const SOURCES = [x12(SETS.map((control) => set850(control))), `UNA:+.? '${ORDERS}`, TRADACOMS];
const DELIMITERS = Buffer.from("*~>+:'?=\n\r^\0");

/** A generator of numbers below a bound: the same for the same seed. */
function numbers(seed: number): (below: number) => number {
  let state = seed | 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

const MUTATIONS: readonly ((bytes: Buffer, below: (bound: number) => number) => Buffer)[] = [
  function flip(bytes, below) {
    const mutant = Buffer.from(bytes);
    mutant[below(bytes.length)] = below(256);
    return mutant;
  },
  function cut(bytes, below) {
    const at = below(bytes.length);
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + below(40))]);
  },
  function splice(bytes, below) {
    const [at, from] = [below(bytes.length), below(bytes.length)];
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(from, from + below(60)), bytes.subarray(at)]);
  },
  function duplicate(bytes, below) {
    const at = below(bytes.length);
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(Math.max(0, at - below(80)))]);
  },
  function swapDelimiter(bytes, below) {
    const mutant = Buffer.from(bytes);
    const [from, to] = [DELIMITERS[below(DELIMITERS.length)], DELIMITERS[below(DELIMITERS.length)] ?? 0];
    const at = bytes.indexOf(from ?? 0, below(bytes.length));
    if (at >= 0) mutant[at] = to;
    return mutant;
  },
];

test('mutants of files neither break the reader nor read otherwise in other pieces', async () => {
  for (let seed = 1; seed <= MUTANTS; seed += 1) {
    const below = numbers(seed * 2_654_435_761);
    let mutant: Buffer = Buffer.from(SOURCES[below(SOURCES.length)] ?? '');
    for (let left = 1 + below(3); left > 0; left -= 1) {
      mutant = MUTATIONS[below(MUTATIONS.length)]?.(mutant, below) ?? mutant;
      if (mutant.length === 0) mutant = Buffer.from('~');
    }
    const cuts = Array.from({ length: 40 }, () => 1 + below(30));
    const whole = (await tell(mutant)).log;
    assert.deepEqual((await tell(mutant, {}, cuts)).log, whole, `seed ${seed}`);
    assert.match(whole.at(-1) ?? '', /file-closed/);
  }
});

test('sets that a mutation does not touch come out as they were', async () => {
  const source = SOURCES[0] ?? '';
  const clean = await tell(source);
  const [from, to] = [source.indexOf('BEG', source.indexOf('*0002~')), source.indexOf('SE*4*0002')];
  for (let seed = 1; seed <= MUTANTS / 10; seed += 1) {
    const below = numbers(seed * 40_503);
    const bytes = Buffer.from(source);
    bytes[from + below(to - from)] = 0x20 + below(95);
    const told = await tell(bytes);
    const others = told.sets.filter(({ header }) => header.control !== '0002');
    const untouched = clean.sets.filter(({ header }) => header.control !== '0002');
    assert.deepEqual(others, untouched, `seed ${seed}`);
  }
});
