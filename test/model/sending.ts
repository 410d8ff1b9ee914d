import type { Holding } from './rules.ts';

/** What the models of one write and of several have in common: versions, the wire, and time. */
export type Version = 1 | 2;
export const VERSIONS: readonly Version[] = [1, 2];

/** A tick is the send window. Then the target has its limit, and may exceed it by so much as clocks and networks differ. */
export const WINDOW = 1;
export const LIMIT = 1;
export const EXCESS = 1;
export const MARGIN = 1;
/** Older than this is as old as anything. */
const OLD = WINDOW + LIMIT + MARGIN;

/** The rules of sending, whatever is sent. */
export const SENDING = {
  writeAhead: 'the intent is `sent` before the first byte leaves',
  compareState: 'an intent is moved only from the state it was read in',
  compareAttempt: 'an intent is moved only from the attempt it was read in',
  deadline: 'no first byte leaves after the send window',
  lookUp: 'an intent found `sent` is looked up before anything is sent again',
  unknownStaysSent: 'an answer that says nothing leaves the intent `sent`',
  waitForWindow: '"not there" counts only after the send window',
  waitForLimit: '"not there" counts only after the limit of the target',
  waitForMargin: '"not there" counts only after a margin for clocks and networks',
  clockBeforeLook: 'whether "not there" counts is asked before the look, not after it',
  confirmTogether: 'intent and document are confirmed in one transaction',
} as const;

/** Ticks after `sent_at` from which on "not there" means "never applied". */
export function conclusiveAfter(guards: Holding<'waitForWindow' | 'waitForLimit' | 'waitForMargin'>): number {
  return (guards.waitForWindow ? WINDOW : 0) + (guards.waitForLimit ? LIMIT : 0) + (guards.waitForMargin ? MARGIN : 0);
}

interface Aging {
  readonly state: string;
  /** Ticks since `sent_at`, while `sent`. */
  readonly age: number;
}

function isAging({ state, age }: Aging): boolean {
  return state === 'sent' && age < OLD;
}

/** An intent after a tick. */
export function older<Intent extends Aging>(intent: Intent): Intent {
  return isAging(intent) ? { ...intent, age: intent.age + 1 } : intent;
}

interface Flight {
  /** The ticks in which it can still land. */
  readonly life: number;
}

interface Worker<F> {
  readonly at: string;
  /** Ticks since its permit, until it writes. */
  readonly age?: number;
  readonly flight?: F | 'gone';
}

interface Timed {
  readonly workers: readonly [Worker<Flight>, Worker<Flight>];
  readonly wire: readonly Flight[];
}

/** A tick passes for workers and the wire, the stopped and the dead alike. A request that has not landed in its time never will. */
export function passed<State extends Timed>(state: State): State {
  const [first, second] = state.workers;
  const wire = state.wire.filter(({ life }) => life > 0).map(shorter);
  return { ...state, workers: [later(first), later(second)], wire };
}

function later(worker: Worker<Flight>): Worker<Flight> {
  const { age, flight } = worker;
  if (age !== undefined) return age < WINDOW ? { ...worker, age: age + 1 } : worker;
  if (flight === undefined || flight === 'gone') return worker;
  return { ...worker, flight: flight.life > 0 ? shorter(flight) : 'gone' };
}

function shorter(flight: Flight): Flight {
  return { ...flight, life: flight.life - 1 };
}

/** The request that is on its way without its worker, which was killed. */
export function leftBy<F>({ flight }: Worker<F>): F[] {
  return flight === undefined || flight === 'gone' ? [] : [flight];
}
