import type { Step } from '../search.ts';
import { conclusiveAfter } from '../sending.ts';
import { goes, orElse, type Who } from '../workers.ts';
import { preparing, standsBack } from './attempt.ts';
import { compareAndSet, confirmed } from './ledger.ts';
import { type At, ends, type Found, type State, type Task } from './state.ts';
import { contentOf, type Setting } from './world.ts';

export function* clock(setting: Setting, state: State, who: Who, { task }: At<'clock'>): Generator<Step<State>> {
  const isConclusive = state.intents[task.version].age >= conclusiveAfter(setting.guards);
  const event = isConclusive ? 'could tell by now' : 'could not tell yet';
  yield [event, goes(state, who, { at: 'look', task, isConclusive })];
}

export function* look(setting: Setting, state: State, who: Who, here: At<'look'>): Generator<Step<State>> {
  const found = lookUp(setting, state, here.task);
  yield [`looks: ${found.finding}`, goes(state, who, { ...here, at: 'settle', found })];
}

/** By number where it is known; a create by a series by its token. */
function lookUp(setting: Setting, { target }: State, task: Task): Found {
  const isAutomatic = setting.world.numbering === 'automatic';
  const isCreate = task.intent.ifMatch === 0;
  if (isAutomatic && (isCreate || task.known === 0)) return lookUpByToken(setting, target.suppliers, task);
  const number = isAutomatic ? task.known : 1;
  const current = target.suppliers[number - 1];
  if (!current) return { finding: 'absent', number };
  if (current.content === contentOf(setting, task.version)) return { finding: 'ours', number };
  if (!isCreate) return { finding: 'absent', number };
  return { finding: setting.guards.compareValues ? 'foreign' : 'ours', number };
}

function lookUpByToken(setting: Setting, suppliers: State['target']['suppliers'], { version }: Task): Found {
  const index = suppliers.findIndex(({ token }) => token === version);
  if (index >= 0) return { finding: 'ours', number: index + 1 };
  const content = contentOf(setting, version);
  const isAlike = suppliers.some((supplier) => supplier.token === 0 && supplier.content === content);
  return { finding: isAlike && setting.guards.alike ? 'unclear' : 'absent', number: 0 };
}

export function* settle(setting: Setting, state: State, who: Who, here: At<'settle'>): Generator<Step<State>> {
  yield* orElse(settled(setting, state, who, here), standsBack(state, who));
}

function* settled(setting: Setting, state: State, who: Who, here: At<'settle'>): Generator<Step<State>> {
  const { task } = here;
  const { finding, number } = here.found;
  const isConclusive = setting.guards.clockBeforeLook
    ? here.isConclusive
    : state.intents[task.version].age >= conclusiveAfter(setting.guards);
  if (finding === 'ours') {
    for (const after of confirmed(setting, state, task, number)) yield ['adopts it', ends(after, who)];
    return;
  }
  if (finding !== 'foreign' && !isConclusive) return yield ['comes back later', ends(state, who)];
  const to = { foreign: 'rejected', unclear: 'uncertain', absent: 'planned' } as const;
  const after = compareAndSet(setting, state, task, { state: to[finding] });
  if (!after) return;
  yield [`moves it to ${to[finding]}`, finding === 'absent' ? preparing(after, who, task) : ends(after, who)];
}
