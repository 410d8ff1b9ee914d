/**
 * Has StAEDI and us judge mutants of sets by the same tables, and tells where they differ without a reason that is listed. Each
 * mutant is made from its seed alone: a difference names it. It needs Java and Maven.
 *
 *   node test/oracle/against-staedi.ts --count 10000 --seed 1
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Compared, compare, isAgreed, mutantOf, told } from './compare-with-staedi.ts';
import { reasonFor } from './differences.ts';
import { fetchStaedi } from './staedi.ts';

const { values } = parseArgs({
  options: { count: { type: 'string', default: '10000' }, seed: { type: 'string', default: '1' } },
});
const [count, first] = [Number(values.count), Number(values.seed)];
const fetched = await fetchStaedi();
if ('missing' in fetched) {
  process.stdout.write(`${fetched.missing}\n`);
  process.exitCode = 3;
} else process.exitCode = (await countUnexplained(fetched.jar)) === 0 ? 0 : 1;

async function countUnexplained(jar: string): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'staedi-'));
  try {
    const cases = Array.from({ length: count }, (_, index) => mutantOf(first + index));
    return report(await compare(jar, folder, cases));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function report(compared: readonly Compared[]): number {
  const faulty = compared.filter(({ ours }) => ours !== undefined);
  const differing = compared.filter((one) => !isAgreed(one));
  const unexplained = differing.filter((one) => reasonFor(one) === undefined);
  for (const [reason, found] of Map.groupBy(differing, reasonFor)) {
    process.stdout.write(`${found.length} ${reason ?? 'WITHOUT A REASON'}\n`);
  }
  for (const one of unexplained) process.stdout.write(`${told(one)}\n`);
  process.stdout.write(
    `${count} mutants, ${faulty.length} with faults, ${differing.length} differ, ${unexplained.length} without a reason\n`,
  );
  return unexplained.length;
}
