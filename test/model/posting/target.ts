import type { Answer, Content, Flight, State, Supplier, Target } from './state.ts';
import { contentOf, type Setting } from './world.ts';

/** What a request that lands does, and what its sender is told if he still listens. */
export interface Landing {
  readonly answer: Answer;
  readonly number: number;
  readonly state: State;
}

/** A create under our number is refused when the number is taken, an update when the record has changed since. */
export function* landings(setting: Setting, state: State, flight: Flight): Generator<Landing> {
  const { request } = flight;
  const { target } = state;
  const there = target.suppliers[request.number - 1];
  const isCreate = request.ifMatch === 0;
  if (isCreate && there) return yield { answer: 'duplicate', number: 0, state };
  if (!isCreate && setting.guards.ifMatch && there?.etag !== request.ifMatch) {
    return yield { answer: 'stale', number: 0, state };
  }
  const number = there ? request.number : target.suppliers.length + 1;
  yield { answer: 'accepted', number, state: committed(setting, state, flight, number) };
  yield { answer: 'refused', number: 0, state };
}

function committed(setting: Setting, state: State, { version, request }: Flight, number: number): State {
  const { target } = state;
  const isCreate = request.ifMatch === 0;
  const bySeries = isCreate && setting.world.numbering === 'automatic';
  const before = target.suppliers[number - 1];
  const token = bySeries ? version : (before?.token ?? 0);
  const record = { content: contentOf(setting, version), token };
  const broken = brokenBy(state, { version, request, etag: before?.etag ?? 0 });
  const after: Target = {
    ...written(target, number, record),
    creates: target.creates + (isCreate ? 1 : 0),
    committed: { ...target.committed, [version]: true },
  };
  return { ...state, target: after, ...(broken === undefined ? {} : { broken }) };
}

function brokenBy(
  { target, broken }: State,
  { version, request, etag }: Pick<Flight, 'version' | 'request'> & { readonly etag: number },
): string | undefined {
  if (request.ifMatch === 0 && target.creates > 0) return 'a supplier is created once';
  if (version === 1 && target.committed[2]) return 'no older version is written over a newer one';
  if (request.ifMatch !== etag) return 'no update goes over a change that its sender has not read';
  return broken;
}

function written(target: Target, number: number, record: { content: Content; token: Supplier['token'] }): Target {
  const suppliers = [...target.suppliers];
  suppliers[number - 1] = { ...record, etag: target.writes + 1 };
  return { ...target, suppliers, writes: target.writes + 1 };
}

/** Somebody in finance types over the supplier, or creates it, or clears the field in which the token travels. */
export function* strangers({ world }: Setting, state: State): Generator<readonly [string, State]> {
  const { target } = state;
  const [supplier] = target.suppliers;
  if (target.hasStrangerCome) return;
  const comes = (after: Target) => ({ ...state, target: { ...after, hasStrangerCome: true } });
  if (world.stranger === 'writes') {
    yield ['finance writes the supplier', comes(written(target, 1, { content: 'theirs', token: 0 }))];
  }
  if (world.stranger === 'wipes the token' && supplier) {
    yield ['finance wipes the token', comes(written(target, 1, { ...supplier, token: 0 }))];
  }
}
