import type { Version } from '../sending.ts';
import type { Who } from '../workers.ts';
import type { Document, Intent, State, Task } from './state.ts';
import { contentOf, type Setting } from './world.ts';

/** Compare-and-set, as `moveIntent` does it: undefined when another attempt was faster. */
export function compareAndSet(
  { guards }: Setting,
  state: State,
  { version, intent: read }: Task,
  change: Pick<Intent, 'state'> & Partial<Intent>,
): State | undefined {
  const now = state.intents[version];
  if (guards.compareState && now.state !== read.state) return undefined;
  if (guards.compareAttempt && now.attempt !== read.attempt) return undefined;
  const intent = { attempt: now.attempt, age: 0, ifMatch: 0, ...change };
  const after = { ...state, intents: { ...state.intents, [version]: intent } };
  if (now.state !== 'confirmed' || change.state === 'confirmed') return after;
  return { ...after, broken: 'what is confirmed stays confirmed' };
}

/** Intent and document in one transaction. A document in a final state stays as it is. */
export function* confirmed(setting: Setting, state: State, task: Task, number: number): Generator<State> {
  const moved = compareAndSet(setting, state, task, { state: 'confirmed' });
  if (!moved) return;
  // Another update may have left the same values: then there is nothing that could be missing.
  const isThere = state.target.suppliers[number - 1]?.content === contentOf(setting, task.version);
  const isTrue = state.target.committed[task.version] || isThere;
  const after = isTrue ? moved : { ...moved, broken: 'what is confirmed was committed' };
  yield closed(after, task.version, { state: 'posted', number });
  // Two transactions, and the second one never came.
  if (!setting.guards.confirmTogether) yield after;
}

export function closed(state: State, version: Version, change: Pick<Document, 'state'> & Partial<Document>): State {
  const document = state.documents[version];
  if (document.state === 'skipped' || document.state === 'superseded') return state;
  return { ...state, documents: { ...state.documents, [version]: { ...document, ...change } } };
}

/** The number Visma.net gave to this vendor, as far as documents tell. */
export function numberOfKey({ documents }: State): number {
  return documents[2].number || documents[1].number;
}

export function hasNewerVersion({ documents }: State, version: Version): boolean {
  return version === 1 && documents[2].state !== 'to come';
}

/** Whether a write of the other version to the same record is open: the index `intent_in_flight`. */
export function isBusy({ intents }: State, version: Version): boolean {
  const other = intents[version === 1 ? 2 : 1].state;
  return other === 'sent' || other === 'uncertain';
}

/** Whether the other worker is within the transaction of its permit. */
export function isLocked({ workers }: State, who: Who): boolean {
  return workers[who === 0 ? 1 : 0].at === 'move';
}
