import type { Version } from '../sending.ts';
import { type Document, type Intent, intentAt, type Place, type State, type Task } from './state.ts';
import { isDone } from './target.ts';
import { isLast, type Setting } from './world.ts';

/** Compare-and-set, as `moveIntent` does it: undefined when another attempt was faster. */
export function compareAndSet(
  { guards }: Setting,
  state: State,
  task: Task,
  change: Pick<Intent, 'state'> & Partial<Intent>,
): State | undefined {
  const now = intentAt(state, task);
  if (guards.compareState && now.state !== task.intent.state) return undefined;
  if (guards.compareAttempt && now.attempt !== task.intent.attempt) return undefined;
  const after = withIntent(state, task, { attempt: now.attempt, age: 0, ...change });
  if (now.state !== 'confirmed' || change.state === 'confirmed') return after;
  return { ...after, broken: 'what is confirmed stays confirmed' };
}

function withIntent(state: State, { version, step }: Place, intent: Intent): State {
  return { ...state, intents: { ...state.intents, [version]: state.intents[version].with(step, intent) } };
}

/** Intent and document in one transaction. */
export function* confirmed(setting: Setting, state: State, task: Task): Generator<State> {
  const moved = compareAndSet(setting, state, task, { state: 'confirmed' });
  if (!moved) return;
  const after = isDone(setting, state, task) ? moved : { ...moved, broken: 'what is confirmed was done' };
  yield noted(setting, after, task);
  // Two transactions, and the second one never came.
  if (!setting.guards.confirmTogether) yield after;
}

/** What Visma.net calls the document is known from its first write on; the last write makes it posted. */
export function noted(setting: Setting, state: State, place: Place): State {
  const isPosted = isLast(setting, place) || !setting.guards.lastPosts;
  return changed(state, place.version, { isThere: true, ...(isPosted ? { state: 'posted' } : {}) });
}

/** A superseded document stays as it is. */
export function changed(state: State, version: Version, change: Partial<Document>): State {
  const document = state.documents[version];
  if (document.state === 'superseded') return state;
  return { ...state, documents: { ...state.documents, [version]: { ...document, ...change } } };
}

/** Whether the ledger knows that the other version is in Visma.net. */
export function isOtherThere({ documents }: State, version: Version): boolean {
  return documents[otherThan(version)].isThere;
}

export function hasNewerVersion({ documents }: State, version: Version): boolean {
  return version === 1 && documents[2].state !== 'to come';
}

/** Whether the create of the other version is open. Later writes go to a record that belongs to one version. */
export function isBusy({ intents }: State, { version, step }: Place): boolean {
  return step === 0 && intents[otherThan(version)][0]?.state === 'sent';
}

function otherThan(version: Version): Version {
  return version === 1 ? 2 : 1;
}
