import type { Step } from '../search.ts';
import { conclusiveAfter } from '../sending.ts';
import { goes, orElse, type Who } from '../workers.ts';
import { preparing, standsBack } from './attempt.ts';
import { compareAndSet } from './ledger.ts';
import { adopted } from './send.ts';
import { type At, ends, intentAt, type State } from './state.ts';
import { isDone } from './target.ts';
import type { Setting } from './world.ts';

export function* clock(setting: Setting, state: State, who: Who, { task }: At<'clock'>): Generator<Step<State>> {
  const isConclusive = intentAt(state, task).age >= conclusiveAfter(setting.guards);
  const event = isConclusive ? 'could tell by now' : 'could not tell yet';
  yield [event, goes(state, who, { at: 'look', task, isConclusive })];
}

export function* look(setting: Setting, state: State, who: Who, here: At<'look'>): Generator<Step<State>> {
  const found = isDone(setting, state, here.task);
  yield [`looks: ${found ? 'done' : 'not done'}`, goes(state, who, { ...here, at: 'settle', isDone: found })];
}

export function* settle(setting: Setting, state: State, who: Who, here: At<'settle'>): Generator<Step<State>> {
  yield* orElse(settled(setting, state, who, here), standsBack(state, who));
}

function* settled(setting: Setting, state: State, who: Who, here: At<'settle'>): Generator<Step<State>> {
  const { task } = here;
  if (here.isDone) return yield* adopted(setting, state, who, here, 'adopts it');
  const isConclusive = setting.guards.clockBeforeLook
    ? here.isConclusive
    : intentAt(state, task).age >= conclusiveAfter(setting.guards);
  if (!isConclusive) return yield ['comes back later', ends(state, who)];
  const after = compareAndSet(setting, state, task, { state: 'planned' });
  if (after) yield ['moves it to planned', preparing(after, who, task)];
}
