import { goes, type Standing, type Who } from '../workers.ts';

/**
 * The protocol of `activities/posting/post-file.ts`: one file for a partner's folder, two workers, each at any step of any
 * attempt, in any order. A worker that is not chosen for a while is one that was stopped; any step may be its last, which is
 * also what a lost connection comes to. The partner collects whatever stands under the final name, at any time.
 *
 * A rename on the server is one step: it takes a name away and gives another, or does nothing.
 */
export interface Intent {
  readonly state: 'planned' | 'staged' | 'confirmed' | 'rejected' | 'uncertain';
  readonly attempt: number;
  /** The temporary name that was staged. */
  readonly temp: number;
  readonly isInferred: boolean;
}

/** A temporary file: its name, which upload made it, and whether all of it is there. */
export interface Temp {
  readonly name: number;
  readonly upload: number;
  readonly isWhole: boolean;
}

export interface Folder {
  readonly temps: readonly Temp[];
  readonly final: 'none' | 'ours' | 'half' | 'theirs';
}

export type Worker =
  | { readonly at: 'idle' }
  /** `recover`: looks for the temporary file. `taken`, `gone`: looks at the final one, since the rename did not work. */
  | Standing<'reopen' | 'recover' | 'rename' | 'taken' | 'gone' | 'reject', { readonly intent: Intent }>
  | Standing<'clear' | 'create' | 'fill' | 'verify' | 'permit', { readonly intent: Intent; readonly upload: number }>
  | Standing<'confirm', { readonly intent: Intent; readonly isInferred: boolean }>
  | Standing<'remove', { readonly temp: number }>
  | Standing<'tidy', object>;

/** A worker at this place. */
export type At<Place extends Worker['at']> = Extract<Worker, { at: Place }>;

export interface State {
  readonly intent: Intent;
  readonly folder: Folder;
  readonly workers: readonly [Worker, Worker];
  readonly uploads: number;
  /** How often our file got its final name. */
  readonly published: number;
  readonly wasTidied: boolean;
  /** A promise that a step broke. */
  readonly broken?: string;
}

/** The attempt is over. */
export function ends(state: State, who: Who): State {
  return goes(state, who, { at: 'idle' });
}

export function tempNamed({ folder }: State, name: number): Temp | undefined {
  return folder.temps.find((temp) => temp.name === name);
}

/** The state after a temporary name was removed, if it was there. */
export function withoutTemp(state: State, name: number): State {
  const temps = state.folder.temps.filter((temp) => temp.name !== name);
  return { ...state, folder: { ...state.folder, temps } };
}
