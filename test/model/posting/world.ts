import type { Version } from '../sending.ts';
import type { Guard, Guards } from './guards.ts';
import type { Content, State } from './state.ts';

/** What a search starts from, and what the surroundings may do. Each thing that may happen multiplies the states. */
export interface World {
  /** `own`: we choose the number of a new supplier. `automatic`: Visma.net does, and our token travels in a free field. */
  readonly numbering: 'own' | 'automatic';
  /** Whether the vendor is in Visma.net when version 1 arrives. */
  readonly isThere: boolean;
  /** What version 2 says, which may be again what stood there before version 1; `none`: there is no version 2. */
  readonly second: Content;
  /** What somebody in finance may do, once. */
  readonly stranger: 'nothing' | 'writes' | 'wipes the token';
  readonly hasBrake: boolean;
  /** The bound: so many permits in all. Everything else, crashes too, happens any number of times. */
  readonly sends: number;
}

const CALM = { second: 'third', stranger: 'nothing', hasBrake: false, sends: 2 } as const;
const NEW = { ...CALM, numbering: 'own', isThere: false } as const;
const THERE = { ...CALM, numbering: 'own', isThere: true } as const;
const SERIES = { ...CALM, numbering: 'automatic', isThere: false } as const;

/** The worlds that are searched, by what they are about. */
export const WORLDS = {
  'a new supplier': NEW,
  'a new supplier that finance may enter too': { ...NEW, second: 'none', stranger: 'writes' },
  'a new supplier, with an operator at the brake': { ...NEW, second: 'none', hasBrake: true },
  'a changed supplier': THERE,
  'a changed supplier that finance may change too': { ...THERE, second: 'none', stranger: 'writes', sends: 3 },
  'a change that is taken back': { ...THERE, second: 'first' },
  'a change that is taken back, sent once': { ...THERE, second: 'first', sends: 1 },
  'a new supplier of an automatic series': SERIES,
  'a new supplier of an automatic series, sent three times': { ...SERIES, second: 'none', sends: 3 },
  'a new supplier of an automatic series, whose token may be wiped': {
    ...SERIES,
    second: 'none',
    stranger: 'wipes the token',
  },
} as const satisfies Record<string, World>;

export type WorldName = keyof typeof WORLDS;

/**
 * Rules that the code does not follow yet, with the worlds in which that shows; in all others nothing depends on them.
 * Whoever teaches one to the code takes it off.
 */
export const NOT_IN_CODE: Readonly<Partial<Record<Guard, readonly WorldName[]>>> = {};

/** A world and the rules that hold in it. */
export interface Setting {
  readonly world: World;
  readonly guards: Guards;
}

export function contentOf({ world }: Setting, version: Version): Content {
  return version === 1 ? 'second' : world.second;
}

/** Version 1 is stored, and was compared with what Visma.net held; nothing has been sent. */
export function startOf({ world }: Setting): State {
  const found = { etag: 1, content: 'first' } as const;
  const nothing = { etag: 0, content: 'none' } as const;
  const planned = { state: 'planned', attempt: 0, age: 0, ifMatch: 0 } as const;
  const seen = { ...(world.isThere ? found : nothing), attempt: 0 };
  return {
    documents: {
      1: { state: 'open', seen: world.numbering === 'own' ? seen : 'not looked', number: 0 },
      2: { state: 'to come', seen: 'not looked', number: 0 },
    },
    intents: { 1: planned, 2: planned },
    isPaused: false,
    workers: [{ at: 'idle' }, { at: 'idle' }],
    wire: [],
    target: {
      suppliers: world.isThere ? [{ ...found, token: 0 }] : [],
      writes: world.isThere ? 1 : 0,
      creates: 0,
      committed: { 1: false, 2: false },
      hasStrangerCome: false,
    },
    sends: 0,
  };
}
