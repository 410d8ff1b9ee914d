import type { Answer, Flight, Made, Place, State } from './state.ts';
import { kindOf, type Setting } from './world.ts';

/** What a request that lands does, and what its sender is told if he still listens. */
export interface Landing {
  readonly answer: Answer;
  readonly state: State;
}

/** Visma.net creates what it is told to, keeps each attachment, and releases once. */
export function* landings(setting: Setting, state: State, flight: Flight): Generator<Landing> {
  yield { answer: 'refused', state };
  const kind = kindOf(setting, flight);
  const index = state.made.findIndex(({ of }) => of === flight.version);
  const there = state.made[index];
  if (kind === 'create') yield { answer: 'accepted', state: created(state, flight) };
  if (kind === 'attach' && there) {
    const after = withMade(state, index, { ...there, attached: there.attached + 1 });
    yield { answer: 'accepted', state: there.attached === 0 ? after : { ...after, broken: TWICE } };
  }
  if (kind === 'release' && there && !there.isReleased) {
    yield { answer: 'accepted', state: withMade(state, index, { ...there, isReleased: true }) };
  }
}

const TWICE = 'each write is done once';

function created(state: State, { version }: Flight): State {
  const after = { ...state, made: [...state.made, { of: version, attached: 0, isReleased: false }] };
  return state.made.length === 0 ? after : { ...after, broken: TWICE };
}

function withMade(state: State, index: number, made: Made): State {
  return { ...state, made: state.made.with(index, made) };
}

/** What a look finds: a create by its token, an attachment by its name, a release by the status of the document. */
export function isDone(setting: Setting, { made }: State, place: Place): boolean {
  const there = made.find(({ of }) => of === place.version);
  const kind = kindOf(setting, place);
  if (!there || kind === 'create') return there !== undefined;
  return kind === 'attach' ? there.attached > 0 : there.isReleased;
}

/** Somebody in finance releases the document. */
export function* strangers({ world }: Setting, state: State): Generator<readonly [string, State]> {
  const [there] = state.made;
  if (!world.hasStranger || state.hasStrangerCome || !there) return;
  yield ['finance releases it', { ...withMade(state, 0, { ...there, isReleased: true }), hasStrangerCome: true }];
}
