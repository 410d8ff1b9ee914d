import type { Step } from '../search.ts';
import { VERSIONS } from '../sending.ts';
import { goes, type Who } from '../workers.ts';
import { changed, compareAndSet, isOtherThere, noted } from './ledger.ts';
import { type At, ends, intentAt, type Place, type State, type Task, taskOf } from './state.ts';
import { isDone } from './target.ts';
import { isLast, type Setting } from './world.ts';

/** A worker takes up a document that is not at rest, from its first write. */
export function* begin(_: Setting, state: State, who: Who): Generator<Step<State>> {
  for (const version of VERSIONS) {
    if (state.documents[version].state !== 'open') continue;
    yield [`takes up version ${version}`, goes(state, who, { at: 'plan', version, step: 0 })];
  }
}

/** `postOne`: finds the intent of a write, and where its state leads. */
export function* plan(setting: Setting, state: State, who: Who, here: At<'plan'>): Generator<Step<State>> {
  const task = taskOf(state, here);
  const { state: found } = task.intent;
  const event = `finds write ${here.step + 1} of version ${here.version} ${found}`;
  switch (found) {
    case 'planned':
      return yield [event, goes(state, who, { at: 'prepare', task })];
    case 'sent':
      if (setting.guards.lookUp) return yield [event, goes(state, who, { at: 'clock', task })];
      return yield [`${event}, and sends again`, goes(state, who, { at: 'reopen', task })];
    case 'rejected':
    case 'abandoned':
      return yield [event, goes(state, who, { at: 'reopen', task })];
    case 'confirmed':
      return yield [event, goesOn(setting, state, who, here)];
  }
}

/** The write is done, and the next one follows in the same attempt; after the last one the document is acknowledged. */
export function goesOn(setting: Setting, state: State, who: Who, { version, step }: Place): State {
  if (!isLast(setting, { step })) return goes(state, who, { at: 'plan', version, step: step + 1 });
  return ends(changed(state, version, { state: 'posted' }), who);
}

export function* reopen(setting: Setting, state: State, who: Who, { task }: At<'reopen'>): Generator<Step<State>> {
  const after = compareAndSet(setting, state, task, { state: 'planned' });
  yield after ? ['reopens it', preparing(after, who, task)] : standsBack(state, who);
}

/**
 * A create asks the ledger for the other version. A later write that has been tried before reads what it writes on: done
 * meanwhile, there is nothing to send.
 */
export function* prepare(setting: Setting, state: State, who: Who, { task }: At<'prepare'>): Generator<Step<State>> {
  if (task.step === 0 && setting.guards.known && isOtherThere(state, task.version)) {
    return yield ['finds the other version there', ends(changed(state, task.version, { state: 'refused' }), who)];
  }
  const isTried = task.step > 0 && task.intent.attempt > 0;
  if (isTried && isDone(setting, state, task)) {
    return yield ['finds it done', goes(state, who, { at: 'give up', task, because: 'done' })];
  }
  yield ['prepares it', goes(state, who, { at: 'check', task })];
}

/** Nothing is to be sent. Intent and document move together. */
export function* giveUp(setting: Setting, state: State, who: Who, here: At<'give up'>): Generator<Step<State>> {
  const { task, because } = here;
  const moved = compareAndSet(setting, state, task, { state: 'abandoned' });
  if (!moved) return yield standsBack(state, who);
  if (because === 'done') yield ['leaves it as done', goesOn(setting, noted(setting, moved, task), who, task)];
  else yield ['gives up', ends(changed(moved, task.version, { state: 'superseded' }), who)];
}

/** The intent is planned, and this attempt goes on with it. */
export function preparing(state: State, who: Who, task: Task): State {
  return goes(state, who, { at: 'prepare', task: taskOf(state, task) });
}

export function standsBack(state: State, who: Who): Step<State> {
  return ['stands back: another attempt was faster', ends(state, who)];
}

/** Whether the write before is confirmed, or was found done. */
export function isNext(state: State, { version, step }: Place): boolean {
  if (step === 0) return true;
  const before = intentAt(state, { version, step: step - 1 }).state;
  return before === 'confirmed' || before === 'abandoned';
}
