/** What can happen next: its name, and the state after it. A step past the bound is named, not taken. */
export type Step<State> = readonly [event: string, after: State | 'beyond the bound'];

/** A world in which anything that can happen may happen next. States are plain data, never changed in place. */
export interface Model<State> {
  readonly start: State;
  readonly steps: (state: State) => Iterable<Step<State>>;
  /** Equal for states that cannot be told apart, for instance by exchanging the workers. */
  readonly keyOf: (state: State) => string;
  /** Which promise this state breaks, if any. */
  readonly broken: (state: State) => string | undefined;
  /** Whether the state is one in which the work may end. From every state such a one must be within reach. */
  readonly isAtRest: (state: State) => boolean;
}

/** `trace` is a shortest way to the broken promise, one event a line. */
export interface Result<State> {
  readonly states: readonly State[];
  readonly broken?: { readonly promise: string; readonly trace: readonly string[] };
}

interface Reached<State> {
  readonly state: State;
  readonly from: Reached<State> | undefined;
  readonly by: string;
  readonly next: number[];
  canRest: boolean;
}

/** Visits every state that can be reached, nearest first, and stops at the first one that breaks a promise. */
export function search<State>(model: Model<State>): Result<State> {
  const reached: Reached<State>[] = [];
  const known = new Map<string, number>();
  const visit = (state: State, from: Reached<State> | undefined, by: string): number => {
    const key = model.keyOf(state);
    const seen = known.get(key);
    if (seen !== undefined) return seen;
    known.set(key, reached.length);
    return reached.push({ state, from, by, next: [], canRest: model.isAtRest(state) }) - 1;
  };
  visit(model.start, undefined, 'start');
  // The list grows while it is walked.
  for (const here of reached) {
    const promise = model.broken(here.state);
    if (promise !== undefined) return { states: statesOf(reached), broken: { promise, trace: traceTo(here) } };
    for (const [event, after] of model.steps(here.state)) {
      if (after === 'beyond the bound') here.canRest = true;
      else here.next.push(visit(after, here, event));
    }
  }
  const stuck = firstStuck(reached);
  if (!stuck) return { states: statesOf(reached) };
  return { states: statesOf(reached), broken: { promise: 'all work can come to rest', trace: traceTo(stuck) } };
}

function statesOf<State>(reached: readonly Reached<State>[]): State[] {
  return reached.map(({ state }) => state);
}

function traceTo<State>(last: Reached<State>): string[] {
  const trace: string[] = [];
  for (let at: Reached<State> | undefined = last; at?.from; at = at.from) trace.unshift(at.by);
  return trace;
}

/** Rest is handed backwards, from states to those that lead to them, until nothing changes. */
function firstStuck<State>(reached: readonly Reached<State>[]): Reached<State> | undefined {
  for (let hasChanged = true; hasChanged; ) {
    hasChanged = false;
    for (const one of reached.toReversed()) {
      if (one.canRest || !one.next.some((index) => reached[index]?.canRest)) continue;
      one.canRest = true;
      hasChanged = true;
    }
  }
  return reached.find(({ canRest }) => !canRest);
}

/** What was found, for a person to read. */
export function storyOf({ states, broken }: Result<unknown>): string {
  if (!broken) return `every promise is kept in ${states.length} states`;
  return `broken: ${broken.promise}\n${broken.trace.map((event) => `    ${event}`).join('\n')}`;
}

/** Numbers values so that equal ones have the same number; a part that states share is written out once only. */
export function numbering(): (value: object) => number {
  const byIdentity = new WeakMap<object, number>();
  const byText = new Map<string, number>();
  return (value) => {
    const known = byIdentity.get(value);
    if (known !== undefined) return known;
    const text = JSON.stringify(value);
    const number = byText.get(text) ?? byText.size;
    byText.set(text, number);
    byIdentity.set(value, number);
    return number;
  };
}
