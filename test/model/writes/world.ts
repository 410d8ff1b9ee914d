import type { Guards } from './guards.ts';
import type { Intent, Kind, Place, State } from './state.ts';

/** What a search starts from, and what the surroundings may do. Each thing that may happen multiplies the states. */
export interface World {
  readonly writes: readonly Kind[];
  /** Whether the first write is confirmed when the search begins. */
  readonly isCreated: boolean;
  /** Whether a second version may arrive. */
  readonly hasSecond: boolean;
  /** Whether somebody in finance may release the document. */
  readonly hasStranger: boolean;
  /** The bound: so many permits in all. Everything else, crashes too, happens any number of times. */
  readonly sends: number;
}

const ATTACHED = { writes: ['create', 'attach'], isCreated: false, hasSecond: false, hasStranger: false } as const;
const RELEASED = { ...ATTACHED, writes: ['create', 'release'] } as const;

/** The worlds that are searched, by what they are about. */
export const WORLDS = {
  'an invoice and its original': { ...ATTACHED, sends: 3 },
  'an invoice that is created, and its original': { ...ATTACHED, isCreated: true, sends: 3 },
  'an invoice, its original and its release': { ...ATTACHED, writes: ['create', 'attach', 'release'], sends: 3 },
  'two versions of an invoice and their release': { ...RELEASED, hasSecond: true, sends: 2 },
  'a created invoice of two versions': { ...ATTACHED, isCreated: true, hasSecond: true, sends: 2 },
  'an invoice that finance may release too': { ...RELEASED, isCreated: true, hasStranger: true, sends: 3 },
} as const satisfies Record<string, World>;

export type WorldName = keyof typeof WORLDS;

/** A world and the rules that hold in it. */
export interface Setting {
  readonly world: World;
  readonly guards: Guards;
}

export function kindOf({ world }: Setting, { step }: Pick<Place, 'step'>): Kind | undefined {
  return world.writes[step];
}

export function isLast({ world }: Setting, { step }: Pick<Place, 'step'>): boolean {
  return step === world.writes.length - 1;
}

/** Version 1 is stored; nothing has been sent, or the first write is confirmed. */
export function startOf({ writes, isCreated }: World): State {
  const planned: Intent = { state: 'planned', attempt: 0, age: 0 };
  const created: Intent = { state: 'confirmed', attempt: 1, age: 0 };
  const none = writes.map(() => planned);
  return {
    documents: { 1: { state: 'open', isThere: isCreated }, 2: { state: 'to come', isThere: false } },
    intents: { 1: isCreated ? none.with(0, created) : none, 2: none },
    workers: [{ at: 'idle' }, { at: 'idle' }],
    wire: [],
    made: isCreated ? [{ of: 1, attached: 0, isReleased: false }] : [],
    hasStrangerCome: false,
    sends: 0,
  };
}
