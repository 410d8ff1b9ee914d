/**
 * Mutates files of every standard and checks that the reader holds: it neither breaks nor hangs, its memory stays bounded, pieces do
 * not matter, untouched sets come out as they were. Each mutant is made from its seed alone: a failure names it.
 *
 *   node test/formats/edi/mutate.ts --count 1000000 --seed 1 --seconds 1800
 */
import { parseArgs } from 'node:util';
import { checkAnywhere, checkNeighbours } from './check-mutant.ts';

const MOST_MB = 600;
const REPORT_EVERY = 10_000;

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: '1' },
    seconds: { type: 'string', default: '1800' },
  },
});
const [count, first, seconds] = [Number(values.count), Number(values.seed), Number(values.seconds)];
const began = performance.now();
let done = 0;
let failed = 0;

while (done < count && performance.now() - began < seconds * 1000) {
  await check(done % 2 === 0 ? checkAnywhere : checkNeighbours, first + done);
  done += 1;
  if (done % REPORT_EVERY === 0) report();
}
report();
process.exitCode = failed === 0 ? 0 : 1;

async function check(one: (seed: number) => Promise<void>, seed: number): Promise<void> {
  try {
    await one(seed);
  } catch (error) {
    failed += 1;
    process.stdout.write(`${error instanceof Error ? error.message : String(error)} (${one.name}, seed ${seed})\n`);
  }
}

function report(): void {
  const rss = Math.round(process.memoryUsage.rss() / 1e6);
  if (rss > MOST_MB) failed += 1;
  const took = Math.round((performance.now() - began) / 1000);
  process.stdout.write(`${done} mutants, ${failed} failed, ${rss} MB, ${took} s\n`);
}
