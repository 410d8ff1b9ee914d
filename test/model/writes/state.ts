import type { Version } from '../sending.ts';
import { goes, type Standing, type Who } from '../workers.ts';

/**
 * A document of several writes, as `activities/posting/post-to-visma.ts` brings it to Visma.net: it is created, then gets its
 * original attached, then is released. What one write does alone is searched in `test/model/posting`; here it is the order
 * of them.
 *
 * Version 1 is in the ledger from the start, version 2 may arrive at any time. Each has one intent a write. Workers, the wire
 * and time are as in `test/model/posting/state.ts`. A release that Visma.net has queued is one whose sender listens no more
 * while the request is still on the wire.
 */
export type Kind = 'create' | 'attach' | 'release';

export interface Intent {
  readonly state: 'planned' | 'sent' | 'confirmed' | 'rejected' | 'abandoned';
  readonly attempt: number;
  /** Ticks since `sent_at`, while `sent`. */
  readonly age: number;
}

/** `isThere`: the ledger knows what Visma.net calls it. `refused`: another version is there, which is for a person. */
export interface Document {
  readonly state: 'to come' | 'open' | 'posted' | 'superseded' | 'refused';
  readonly isThere: boolean;
}

/** Which write of which version: `step` counts from 0. */
export interface Place {
  readonly version: Version;
  readonly step: number;
}

/** A request on the wire, with the ticks in which it can still land. */
export interface Flight extends Place {
  readonly life: number;
}

/** A document in Visma.net, with what a bookkeeper would remember of it. */
export interface Made {
  readonly of: Version;
  readonly attached: number;
  readonly isReleased: boolean;
}

export type Answer = 'accepted' | 'refused' | 'not written' | 'unknown';

/** What an attempt knows: the intent as it read it. */
export interface Task extends Place {
  readonly intent: Omit<Intent, 'age'>;
}

/** Where a worker stands, with what it carries from step to step. */
export type Worker =
  | { readonly at: 'idle' }
  | Standing<'plan', Place>
  | Standing<'reopen' | 'prepare' | 'clock', { readonly task: Task }>
  | Standing<'give up', { readonly task: Task; readonly because: 'superseded' | 'done' }>
  | Standing<'look', { readonly task: Task; readonly isConclusive: boolean }>
  | Standing<'settle', { readonly task: Task; readonly isConclusive: boolean; readonly isDone: boolean }>
  /** `move`: within the transaction of the permit. */
  | Standing<'check' | 'move', { readonly task: Task }>
  | Standing<'write', { readonly task: Task; readonly age: number }>
  | Standing<'wait', { readonly task: Task; readonly flight: Flight | 'gone' }>
  | Standing<'record', { readonly task: Task; readonly answer: Answer }>;

/** A worker at this place. */
export type At<Name extends Worker['at']> = Extract<Worker, { at: Name }>;

export interface State {
  readonly documents: Readonly<Record<Version, Document>>;
  readonly intents: Readonly<Record<Version, readonly Intent[]>>;
  readonly workers: readonly [Worker, Worker];
  /** Requests to which nobody listens any more. */
  readonly wire: readonly Flight[];
  /** Visma.net. */
  readonly made: readonly Made[];
  readonly hasStrangerCome: boolean;
  readonly sends: number;
  /** A promise that a step broke. */
  readonly broken?: string;
}

export function intentAt({ intents }: State, { version, step }: Place): Intent {
  const intent = intents[version][step];
  if (!intent) throw new Error(`There is no write ${step}`);
  return intent;
}

/** The intent as a worker reads it now. */
export function taskOf(state: State, { version, step }: Place): Task {
  const { age: _, ...intent } = intentAt(state, { version, step });
  return { version, step, intent };
}

/** The attempt is over; if the document is not at rest, another one follows. */
export function ends(state: State, who: Who): State {
  return goes(state, who, { at: 'idle' });
}
