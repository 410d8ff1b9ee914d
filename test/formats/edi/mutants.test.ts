import test from 'node:test';
import { checkAnywhere, checkNeighbours } from './check-mutant.ts';

/** A small set; `node test/formats/edi/mutate.ts` makes as many as one likes. */
const MUTANTS = 300;

test('mutants of files are read to their end, alike in all pieces, and answered', async () => {
  for (let seed = 1; seed <= MUTANTS; seed += 1) await checkAnywhere(seed);
});

test('sets that a mutation does not touch come out as they were', async () => {
  for (let seed = 1; seed <= MUTANTS; seed += 1) await checkNeighbours(seed);
});
