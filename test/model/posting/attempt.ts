import type { Step } from '../search.ts';
import { goes, type Who } from '../workers.ts';
import { closed, compareAndSet, isBusy, isLocked, numberOfKey } from './ledger.ts';
import { type At, ends, type State, type Task, taskOf } from './state.ts';
import { contentOf, type Setting } from './world.ts';

/** A worker takes up a document that is not at rest. A number that matters is read before the intent. */
export function* begin(setting: Setting, state: State, who: Who): Generator<Step<State>> {
  for (const version of [1, 2] as const) {
    if (state.documents[version].state !== 'open') continue;
    const here = { at: 'plan', version, known: numberOfKey(state) } as const;
    if (setting.world.numbering === 'own') yield* plan(setting, state, who, { ...here, known: 0 });
    else yield [`takes up version ${version}`, goes(state, who, here)];
  }
}

/** `planIntent`, and where its state leads. */
export function* plan(setting: Setting, state: State, who: Who, here: At<'plan'>): Generator<Step<State>> {
  const task = taskOf(state, here);
  const { intent } = task;
  const event = `finds intent ${here.version} ${intent.state}`;
  switch (intent.state) {
    case 'planned':
      return yield [event, goes(state, who, { at: 'prepare', task })];
    case 'sent':
      if (setting.guards.lookUp) return yield [event, goes(state, who, { at: 'clock', task })];
      return yield [`${event}, and sends again`, goes(state, who, { at: 'reopen', task })];
    case 'rejected':
    case 'abandoned':
      return yield [event, goes(state, who, { at: 'reopen', task })];
    case 'confirmed':
      return yield [event, ends(closed(state, here.version, { state: 'posted' }), who)];
    case 'uncertain':
      return yield [event, ends(state, who)];
  }
}

export function* reopen(setting: Setting, state: State, who: Who, { task }: At<'reopen'>): Generator<Step<State>> {
  const after = compareAndSet(setting, state, task, { state: 'planned' });
  if (!after) return yield standsBack(state, who);
  yield ['reopens it', preparing(after, who, task)];
}

/**
 * The first touch relies on what the poll saw; every other one reads the record. A first attempt may be of another run, so
 * both are possible until the intent has been sent once.
 */
export function* prepare(setting: Setting, state: State, who: Who, { task }: At<'prepare'>): Generator<Step<State>> {
  const { seen } = state.documents[task.version];
  const isFirstTouch = task.intent.attempt === 0;
  const isKnown = setting.world.numbering === 'own' || task.known !== 0;
  const number = setting.world.numbering === 'own' ? 1 : task.known;
  const asks = (request: { number: number; ifMatch: number }) => goes(state, who, { at: 'check', task, request });
  if (isFirstTouch && isKnown && seen !== 'not looked') {
    yield ['trusts the poll', asks({ number, ifMatch: seen.etag })];
  }
  if (!isKnown) return yield ['prepares a create', asks({ number: 0, ifMatch: 0 })];
  if (setting.guards.settledBeforeRead) {
    if (isLocked(state, who)) return;
    if (isBusy(state, task.version)) return yield ['waits for another write', ends(state, who)];
  }
  const current = state.target.suppliers[number - 1];
  if (current?.content !== contentOf(setting, task.version)) {
    return yield ['reads the record', asks({ number, ifMatch: current?.etag ?? 0 })];
  }
  yield ['reads the record: nothing to change', goes(state, who, { at: 'give up', task, outcome: 'skipped' })];
}

export function* giveUp(setting: Setting, state: State, who: Who, here: At<'give up'>): Generator<Step<State>> {
  const after = compareAndSet(setting, state, here.task, { state: 'abandoned' });
  if (!after) return yield standsBack(state, who);
  if (!setting.guards.closeTogether) return yield ['abandons it', goes(after, who, { ...here, at: 'acknowledge' })];
  yield [`closes it as ${here.outcome}`, ends(closed(after, here.task.version, { state: here.outcome }), who)];
}

/** The second of two transactions, where they are two. */
export function* acknowledge(_: Setting, state: State, who: Who, here: At<'acknowledge'>): Generator<Step<State>> {
  yield [`closes it as ${here.outcome}`, ends(closed(state, here.task.version, { state: here.outcome }), who)];
}

/** The intent is planned, and this attempt goes on with it. */
export function preparing(state: State, who: Who, task: Task): State {
  return goes(state, who, { at: 'prepare', task: taskOf(state, task) });
}

export function standsBack(state: State, who: Who): Step<State> {
  return ['stands back: another attempt was faster', ends(state, who)];
}

/** The next version arrives: its row is compared with what an earlier walk over Visma.net saw, then stored. */
export function* arrivals(setting: Setting, state: State): Generator<Step<State>> {
  const second = state.documents[2];
  if (second.state !== 'to come' || setting.world.second === 'none') return;
  const becomes = (change: Partial<typeof second>) => ({
    ...state,
    documents: { ...state.documents, 2: { ...second, ...change } },
  });
  if (setting.world.numbering === 'automatic') return yield ['version 2 is stored', becomes({ state: 'open' })];
  if (second.seen === 'not looked') {
    const { etag, content } = state.target.suppliers[0] ?? { etag: 0, content: 'none' as const };
    const seen = { etag, content, attempt: isOnItsWay(state) ? MOVING : state.intents[1].attempt };
    return yield ['fetch looks for version 2 in Visma.net', becomes({ seen })];
  }
  const isUnchanged = second.seen.content === contentOf(setting, 2);
  const hasMoved = isOnItsWay(state) || second.seen.attempt !== state.intents[1].attempt;
  if (isUnchanged && !(hasMoved && setting.guards.nothingMoved))
    yield ['version 2 is skipped: unchanged', becomes({ state: 'skipped' })];
  else yield ['version 2 is stored', becomes({ state: 'open' })];
}

/** No attempt has this number. */
const MOVING = -1;

/** One that failed moves only when a person replays it, and is superseded then. */
function isOnItsWay({ documents, intents }: State): boolean {
  return documents[1].state === 'open' && intents[1].state !== 'rejected';
}
