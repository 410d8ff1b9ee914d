import type { Step } from '../search.ts';
import { EXCESS, LIMIT, WINDOW } from '../sending.ts';
import { goes, orElse, type Who } from '../workers.ts';
import { preparing, standsBack } from './attempt.ts';
import { compareAndSet, confirmed, hasNewerVersion, isBusy, isLocked, numberOfKey } from './ledger.ts';
import { type At, ends, type State, type Task, taskOf } from './state.ts';
import { landings } from './target.ts';
import type { Setting } from './world.ts';

/** The first half of `permitSend`, under the lock of the record: does what the request relies on still hold? */
export function* check(setting: Setting, state: State, who: Who, here: At<'check'>): Generator<Step<State>> {
  const { world, guards } = setting;
  const { task } = here;
  if (guards.lock && isLocked(state, who)) return;
  if (guards.closeTogether && state.documents[task.version].state !== 'open') return yield standsBack(state, who);
  if (guards.brake && state.isPaused) return yield ['is held by the brake', ends(state, who)];
  if (guards.superseded && hasNewerVersion(state, task.version)) {
    return yield ['is superseded', goes(state, who, { at: 'give up', task, outcome: 'superseded' })];
  }
  const isAutomatic = world.numbering === 'automatic';
  if (isAutomatic && guards.stillHolds && numberOfKey(state) !== task.known) return yield standsBack(state, who);
  const after = goes(state, who, { ...here, at: 'move' });
  yield ['passes the checks', state.isPaused ? { ...after, broken: 'a pause holds what is not sent yet' } : after];
}

/** The second half: the intent takes its place. A unique index keeps a second write to the record out. */
export function* move(setting: Setting, state: State, who: Who, here: At<'move'>): Generator<Step<State>> {
  const { world, guards } = setting;
  const { task, request } = here;
  if (state.sends === world.sends) return yield ['is permitted to send', 'beyond the bound'];
  if (guards.oneInFlight && isBusy(state, task.version)) return yield ['waits for another write', ends(state, who)];
  const isLate = guards.stillHolds && guards.holdsAfterMove && numberOfKey(state) !== task.known;
  if (world.numbering === 'automatic' && isLate) return yield standsBack(state, who);
  const attempt = state.intents[task.version].attempt + 1;
  const change = { state: guards.writeAhead ? 'sent' : 'planned', attempt, age: 0, ifMatch: request.ifMatch } as const;
  const after = compareAndSet(setting, state, task, change);
  if (!after) return yield standsBack(state, who);
  const writing = goes(after, who, { at: 'write', task: taskOf(after, task), request, age: 0 });
  yield [`is permitted to send version ${task.version}`, { ...writing, sends: state.sends + 1 }];
}

/** The first byte, or none: too late, no connection, no access, no quota. */
export function* write(setting: Setting, state: State, who: Who, here: At<'write'>): Generator<Step<State>> {
  const { task, request, age } = here;
  yield ['writes nothing', goes(state, who, { at: 'record', task, answer: 'not written', number: 0 })];
  if (setting.guards.deadline && age >= WINDOW) return;
  const flight = { version: task.version, request, life: LIMIT + EXCESS };
  yield ['writes', goes(state, who, { at: 'wait', task, flight })];
}

/** The request lands and its answer is read, or the sender stops listening. */
export function* wait(setting: Setting, state: State, who: Who, here: At<'wait'>): Generator<Step<State>> {
  const { task, flight } = here;
  const lost = setting.guards.unknownStaysSent
    ? ends(state, who)
    : goes(state, who, { at: 'record', task, answer: 'unknown', number: 0 });
  if (flight === 'gone') return yield ['hears nothing', lost];
  yield ['loses the connection', { ...lost, wire: [...lost.wire, flight] }];
  for (const { answer, number, state: after } of landings(setting, state, flight)) {
    yield [`lands and hears: ${answer}`, goes(after, who, { at: 'record', task, answer, number })];
  }
}

export function* record(setting: Setting, state: State, who: Who, here: At<'record'>): Generator<Step<State>> {
  yield* orElse(recorded(setting, state, who, here), standsBack(state, who));
}

function* recorded(setting: Setting, state: State, who: Who, here: At<'record'>): Generator<Step<State>> {
  const { task, answer, number } = here;
  switch (answer) {
    case 'accepted':
      for (const after of confirmed(setting, state, task, number)) yield ['confirms it', ends(after, who)];
      return;
    case 'stale':
    case 'duplicate':
      return yield* planned(setting, state, task, (after) => preparing(after, who, task));
    case 'refused': {
      const after = compareAndSet(setting, state, task, { state: 'rejected' });
      if (after) yield ['records the refusal', ends(after, who)];
      return;
    }
    case 'not written':
    case 'unknown':
      return yield* planned(setting, state, task, (after) => ends(after, who));
  }
}

function* planned(setting: Setting, state: State, task: Task, then: (after: State) => State): Generator<Step<State>> {
  const after = compareAndSet(setting, state, task, { state: 'planned' });
  if (after) yield ['sets it back to planned', then(after)];
}
