import type { Step } from '../search.ts';
import { EXCESS, LIMIT, WINDOW } from '../sending.ts';
import { goes, orElse, type Who } from '../workers.ts';
import { goesOn, isNext, standsBack } from './attempt.ts';
import { compareAndSet, confirmed, hasNewerVersion, isBusy, isOtherThere } from './ledger.ts';
import { type At, ends, type State, taskOf } from './state.ts';
import { isDone, landings } from './target.ts';
import { kindOf, type Setting } from './world.ts';

/** The first half of `permitSend`: is the document still to be written? */
export function* check(setting: Setting, state: State, who: Who, { task }: At<'check'>): Generator<Step<State>> {
  const { guards } = setting;
  const isFirst = task.step === 0;
  const isOutdated = hasNewerVersion(state, task.version);
  if (isOutdated && (isFirst ? guards.superseded : !guards.begunGoesOn)) {
    return yield ['is superseded', goes(state, who, { at: 'give up', task, because: 'superseded' })];
  }
  if (isFirst && guards.stillHolds && isOtherThere(state, task.version)) return yield standsBack(state, who);
  const after = goes(state, who, { at: 'move', task });
  const broken = 'no older version is begun once a newer one is there';
  yield ['passes the checks', isFirst && isOutdated ? { ...after, broken } : after];
}

/** The second half: the intent takes its place. A unique index keeps a second create of the document out. */
export function* move(setting: Setting, state: State, who: Who, { task }: At<'move'>): Generator<Step<State>> {
  const { world, guards } = setting;
  if (state.sends === world.sends) return yield ['is permitted to send', 'beyond the bound'];
  if (guards.oneInFlight && isBusy(state, task)) return yield ['waits for another write', ends(state, who)];
  const isLate = guards.stillHolds && guards.holdsAfterMove && isOtherThere(state, task.version);
  if (task.step === 0 && isLate) return yield standsBack(state, who);
  const attempt = task.intent.attempt + 1;
  const after = compareAndSet(setting, state, task, { state: guards.writeAhead ? 'sent' : 'planned', attempt });
  if (!after) return yield standsBack(state, who);
  const writing = goes(after, who, { at: 'write', task: taskOf(after, task), age: 0 });
  const broken = isNext(state, task) ? {} : { broken: 'a later write is sent only when the one before is confirmed' };
  yield [
    `is permitted write ${task.step + 1} of version ${task.version}`,
    { ...writing, ...broken, sends: state.sends + 1 },
  ];
}

/** The first byte, or none: too late, no connection, no access, no quota. */
export function* write(setting: Setting, state: State, who: Who, { task, age }: At<'write'>): Generator<Step<State>> {
  yield ['writes nothing', goes(state, who, { at: 'record', task, answer: 'not written' })];
  if (setting.guards.deadline && age >= WINDOW) return;
  const flight = { version: task.version, step: task.step, life: LIMIT + EXCESS };
  yield ['writes', goes(state, who, { at: 'wait', task, flight })];
}

/** The request lands and its answer is read, or the sender stops listening. */
export function* wait(setting: Setting, state: State, who: Who, here: At<'wait'>): Generator<Step<State>> {
  const { task, flight } = here;
  const lost = hearsNothing(setting, state, who, here);
  if (flight === 'gone') return yield ['hears nothing', lost];
  yield ['loses the connection', { ...lost, wire: [...lost.wire, flight] }];
  for (const { answer, state: after } of landings(setting, state, flight)) {
    yield [`lands and hears: ${answer}`, goes(after, who, { at: 'record', task, answer })];
  }
}

function hearsNothing(setting: Setting, state: State, who: Who, { task }: At<'wait'>): State {
  if (!setting.guards.unknownStaysSent) return goes(state, who, { at: 'record', task, answer: 'unknown' });
  return setting.guards.afterConfirmed ? ends(state, who) : goesOn(setting, state, who, task);
}

export function* record(setting: Setting, state: State, who: Who, here: At<'record'>): Generator<Step<State>> {
  yield* orElse(recorded(setting, state, who, here), standsBack(state, who));
}

function* recorded(setting: Setting, state: State, who: Who, { task, answer }: At<'record'>): Generator<Step<State>> {
  if (answer === 'accepted') return yield* adopted(setting, state, who, { task }, 'confirms it');
  const isDoneBefore = answer === 'refused' && kindOf(setting, task) === 'release' && isDone(setting, state, task);
  if (isDoneBefore && setting.guards.refusalLooks) return yield* adopted(setting, state, who, { task }, 'adopts it');
  const to = answer === 'refused' ? 'rejected' : 'planned';
  const after = compareAndSet(setting, state, task, { state: to });
  if (!after) return;
  const broken = isDoneBefore ? { broken: 'what is refused is not done' } : {};
  yield [`moves it to ${to}`, { ...ends(after, who), ...broken }];
}

/** What is confirmed, and the next write after it. */
export function* adopted(
  setting: Setting,
  state: State,
  who: Who,
  { task }: Pick<At<'record'>, 'task'>,
  event: string,
): Generator<Step<State>> {
  for (const after of confirmed(setting, state, task)) yield [event, goesOn(setting, after, who, task)];
}
