import assert from 'node:assert/strict';
import test from 'node:test';
import type { Connector } from '../harness/connector.ts';
import { Lane, type Outcome } from './lane.ts';
import { blowInWords, fewSeeds, type Plan, planOf, SEEDS_OF_ALL_CASES } from './plan.ts';

/** Seeds run side by side, since most of their time is waiting. */
const lanes = await Promise.all([Lane.open(), Lane.open(), Lane.open()]);

async function run(plans: readonly Plan[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const runLane = async (lane: Lane, own: readonly Plan[]) => {
    for (const [index, plan] of own.entries()) outcomes.push(await lane.run(plan, { next: own[index + 1] }));
    for (const { lost, doubled, open } of await lane.total()) assert.deepEqual([lost, doubled, open], [[], [], []]);
  };
  await Promise.all(
    lanes.map((lane, place) =>
      runLane(
        lane,
        plans.filter((_, index) => index % lanes.length === place),
      ),
    ),
  );
  return outcomes;
}

test('whoever dies, stands still or is away, and whichever answer is lost: nothing is lost and nothing is doubled', async (t) => {
  const outcomes = await run(fewSeeds());
  for (const { plan, lost, doubled, open, struck } of outcomes) {
    const name = `seed ${plan.seed}: ${plan.kind.name}, ${blowInWords(plan.blow)}`;
    assert.deepEqual({ name, lost, doubled, open, struck }, { name, lost: [], doubled: [], open: [], struck: true });
  }
  t.diagnostic(`${outcomes.length} of ${SEEDS_OF_ALL_CASES} cases; npm run crash plays the others`);
});

test('with its intents forgotten, a worker that comes back doubles what it had sent, and the count shows it', async () => {
  const isDoubling = ({ kind, blow }: Plan) =>
    blow.how === 'killed' &&
    ((kind.name === 'suppliers, numbers by series' && blow.point === 'answer read') ||
      (kind.name === 'invoice files' && blow.point === 'renamed'));
  const plans = Array.from({ length: SEEDS_OF_ALL_CASES }, (_, index) => planOf(index + 1)).filter(isDoubling);
  assert.equal(plans.length, 2);
  for (const plan of plans) {
    const without = { beforeReturn: forgetIntents };
    const { doubled, lost } = await lanes[0].run({ ...plan, collects: 'at once' }, without);
    assert.ok(doubled.length > 0, `${plan.kind.name} are doubled`);
    assert.deepEqual(lost, []);
  }
});

/** As if nothing had been written down before it was sent. */
async function forgetIntents({ ledger }: Connector): Promise<void> {
  await ledger.db.updateTable('intent').set({ state: 'planned' }).where('state', 'in', ['sent', 'staged']).execute();
}
