import type { Holding } from '../rules.ts';
import type { State } from './state.ts';

/** The rules for files, each with what it says. A test takes away one at a time. */
export const GUARDS = {
  tempName: 'an upload has a temporary name',
  tempPerAttempt: 'every attempt has a temporary name of its own',
  sizeVerified: 'the size is verified before a file is staged',
  writeAhead: 'the intent is `staged` before the final name exists',
  compareAndSet: 'an intent is moved only from the state and attempt it was read in',
  neverAgain: 'nothing is sent again after `staged`',
  neverOverwrite: 'a rename never goes over a file',
  compareContent: 'a file under the final name is ours only with our content',
  inferBySetting: 'a collection is inferred only where the setting says so',
  tidyLast: 'what other attempts left is removed only when the intent is confirmed',
  keepStaged: 'what was staged stays staged when its name is taken, and is not uploaded again',
} as const;

export type Guard = keyof typeof GUARDS;
type Guards = Holding<Guard>;

/** What the surroundings do. */
export interface World {
  /** What it means that a staged file is nowhere: the setting of the flow. */
  readonly collected: 'inferred' | 'uncertain';
  /** Whether the server may keep half of an upload without a word. */
  readonly losesBytes: boolean;
  /** Whether somebody removes temporary files, which is against all agreements. */
  readonly isTidied: boolean;
  /** Whether somebody else's file has our final name, until it is moved away. */
  readonly isTaken: boolean;
  /** The bound: so many uploads. Everything else happens any number of times. */
  readonly uploads: number;
}

const CALM = { collected: 'inferred', losesBytes: false, isTidied: false, isTaken: false, uploads: 3 } as const;

export const WORLDS = {
  'a partner who collects': CALM,
  'a server that loses bytes': { ...CALM, losesBytes: true, uploads: 2 },
  'a folder that is tidied': { ...CALM, isTidied: true },
  'a folder that is tidied, where nothing is inferred': { ...CALM, isTidied: true, collected: 'uncertain' },
  'a name that is taken': { ...CALM, isTaken: true },
} as const satisfies Record<string, World>;

export type WorldName = keyof typeof WORLDS;

/** A world and the rules that hold in it. */
export interface Setting {
  readonly world: World;
  readonly guards: Guards;
}

/** The file is rendered, and nothing has been uploaded. */
export function startOf({ world }: Setting): State {
  return {
    intent: { state: 'planned', attempt: 0, temp: 0, isInferred: false },
    folder: { temps: [], final: world.isTaken ? 'theirs' : 'none' },
    workers: [{ at: 'idle' }, { at: 'idle' }],
    uploads: 0,
    published: 0,
    wasTidied: false,
  };
}
