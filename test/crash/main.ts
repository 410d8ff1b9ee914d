/**
 * `npm run crash -- --seeds N`: lets documents of every kind go through while workers are killed and stopped, answers are
 * lost and servers go away, and counts in the partner systems themselves. Exits with 1 when anything was lost or doubled.
 *
 *   npm run crash -- --seeds 100            seeds 1 to 100
 *   npm run crash -- --only 37,40           these again
 */
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { stopOnSignals } from '../../sandbox/stop-on-signals.ts';
import { endAll } from '../harness/own.ts';
import { type Count, Lane, type Outcome } from './lane.ts';
import { blowInWords, planOf, SEEDS_OF_ALL_CASES } from './plan.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '50' },
    only: { type: 'string' },
    lanes: { type: 'string', default: '2' },
  },
});

const seeds =
  values.only?.split(',').map(Number) ?? Array.from({ length: Number(values.seeds) }, (_, index) => index + 1);
const laneCount = Math.min(Number(values.lanes), seeds.length);
const say = (text: string) => void process.stderr.write(`${text}\n`);

say(`${seeds.length} seeds in ${laneCount} lanes, each with a Postgres, a Temporal and partner systems of its own;`);
say(`every case comes once in ${SEEDS_OF_ALL_CASES} seeds.`);

// Workers are children of this process only: whoever ends it shall not leave them behind.
stopOnSignals(say).addEventListener('abort', () => void endAll().finally(() => process.exit()));

const outcomes: Outcome[] = [];
const totals: Count[] = [];
try {
  const shares = Array.from({ length: laneCount }, (_, lane) => seeds.filter((_, at) => at % laneCount === lane));
  await Promise.all(shares.map(runLane));
  process.stdout.write(`${tableOf(outcomes)}\n`);
  process.exitCode = verdict();
} finally {
  await endAll();
}

async function runLane(own: readonly number[]): Promise<void> {
  const lane = await Lane.open();
  const plans = own.map(planOf);
  for (const [index, plan] of plans.entries()) {
    const outcome = await lane.run(plan, { next: plans[index + 1] });
    outcomes.push(outcome);
    say(lineOf(outcome));
  }
  totals.push(...(await lane.total()));
}

function lineOf({ plan, struck, lost, doubled, open, tookMs }: Outcome): string {
  const found = [
    ...(struck ? [] : ['the moment never came']),
    ...lost.map((key) => `LOST ${key}`),
    ...doubled.map((key) => `DOUBLED ${key}`),
    ...open,
  ];
  const place = `[${outcomes.length}/${seeds.length}] seed ${plan.seed}: ${plan.kind.name}, ${blowInWords(plan.blow)}`;
  return `${place}, ${(tookMs / 1000).toFixed(1)} s${found.length > 0 ? `: ${found.join('; ')}` : ''}`;
}

/** One row for every kind and every way to strike. */
function tableOf(rows: readonly Outcome[]): string {
  const head = ['kind', 'blow', 'seeds', 'struck', 'documents', 'lost', 'doubled'];
  const table = new Table({ head, style: { head: [], border: [] } });
  const groups = Map.groupBy(rows, ({ plan }) => `${plan.kind.name}\n${plan.blow.how}`);
  for (const [group, members] of [...groups].sort(([left], [right]) => left.localeCompare(right))) {
    const sum = (of: (one: Outcome) => number) => members.reduce((total, one) => total + of(one), 0);
    table.push([
      ...group.split('\n'),
      members.length,
      sum(({ struck }) => Number(struck)),
      sum(({ plan }) => plan.count),
      sum(({ lost }) => lost.length),
      sum(({ doubled }) => doubled.length),
    ]);
  }
  return table.toString();
}

function verdict(): number {
  const lost = totals.flatMap((count) => count.lost);
  const doubled = totals.flatMap((count) => count.doubled);
  const open = totals.flatMap((count) => count.open);
  process.stdout.write(`lost ${lost.length}, doubled ${doubled.length}, left to a person ${open.length}\n`);
  for (const line of [...lost.map((key) => `lost: ${key}`), ...doubled.map((key) => `doubled: ${key}`), ...open]) {
    process.stdout.write(`  ${line}\n`);
  }
  return lost.length + doubled.length > 0 ? 1 : 0;
}
