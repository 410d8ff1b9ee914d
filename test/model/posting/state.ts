import type { Version } from '../sending.ts';
import { goes, type Standing, type Who } from '../workers.ts';

/**
 * The protocol of `activities/posting/post-to-visma.ts` and `ledger/intents.ts`, small enough to visit every state it can
 * get into.
 *
 * One vendor, of which version 1 is in the ledger from the start and version 2 arrives at any time. Each version has one
 * intent. Two workers take turns in any order, one step at a time: a worker that is not chosen for a while is one that was
 * stopped (SIGSTOP), and any step may be its last. Either may take up either version at any time, also one the other is
 * still at work on, so retries, replays, resets and activities that outlive their heartbeat need no events of their own.
 *
 * Between the permit and the answer lies the wire. A request lands in Visma.net at any time until its life ends, whether or
 * not its sender still listens; what is refused there is answered like what is done. The sender may stop listening at any
 * time, and then knows nothing.
 *
 * Time is counted in ticks. Asking the clock and writing the first byte is one step, as in `connectors/visma`; no
 * program can do better.
 */
/** What a supplier holds. `theirs` was typed in by somebody in finance. */
export type Content = 'none' | 'first' | 'second' | 'third' | 'theirs';

export interface Intent {
  readonly state: 'planned' | 'sent' | 'confirmed' | 'rejected' | 'uncertain' | 'abandoned';
  readonly attempt: number;
  /** Ticks since `sent_at`, while `sent`. */
  readonly age: number;
  /** The version of the record that the open request asks for; 0 in a create. */
  readonly ifMatch: number;
}

/** What fetch found in Visma.net; `attempt` is where version 1 stood then. */
export interface Seen {
  readonly etag: number;
  readonly content: Content;
  readonly attempt: number;
}

/** `number` is what Visma.net answered; 0: nothing yet. */
export interface Document {
  readonly state: 'to come' | 'open' | 'posted' | 'skipped' | 'superseded';
  readonly seen: Seen | 'not looked';
  readonly number: number;
}

/** A create, or an update of a record in the version that was read. */
export interface Request {
  readonly number: number;
  readonly ifMatch: number;
}

/** A request on the wire, with the ticks in which it can still land. */
export interface Flight {
  readonly version: Version;
  readonly request: Request;
  readonly life: number;
}

export interface Supplier {
  readonly content: Content;
  /** Whose token its free field carries; 0 for nobody's. */
  readonly token: Version | 0;
  readonly etag: number;
}

/** Visma.net, with what a bookkeeper would remember of it. */
export interface Target {
  readonly suppliers: readonly Supplier[];
  readonly writes: number;
  readonly creates: number;
  readonly committed: Readonly<Record<Version, boolean>>;
  readonly hasStrangerCome: boolean;
}

export type Answer = 'accepted' | 'stale' | 'refused' | 'duplicate' | 'not written' | 'unknown';

/** What a look-up found, and under which number. */
export interface Found {
  readonly finding: 'ours' | 'absent' | 'foreign' | 'unclear';
  readonly number: number;
}

/** What an attempt knows: the number an earlier version got, and the intent as it read it. */
export interface Task {
  readonly version: Version;
  readonly known: number;
  readonly intent: Omit<Intent, 'age'>;
}

/** The intent as a worker reads it now. */
export function taskOf(state: State, { version, known }: Pick<Task, 'version' | 'known'>): Task {
  const { age: _, ...intent } = state.intents[version];
  return { version, known, intent };
}

/** Where a worker stands, with what it carries from step to step. */
export type Worker =
  | { readonly at: 'idle' }
  | Standing<'plan', { readonly version: Version; readonly known: number }>
  | Standing<'reopen' | 'prepare' | 'clock', { readonly task: Task }>
  | Standing<'look', { readonly task: Task; readonly isConclusive: boolean }>
  | Standing<'settle', { readonly task: Task; readonly isConclusive: boolean; readonly found: Found }>
  | Standing<'give up' | 'acknowledge', { readonly task: Task; readonly outcome: 'skipped' | 'superseded' }>
  /** `move`: within the transaction of the permit, holding the lock of the record. */
  | Standing<'check' | 'move', { readonly task: Task; readonly request: Request }>
  | Standing<'write', { readonly task: Task; readonly request: Request; readonly age: number }>
  | Standing<'wait', { readonly task: Task; readonly flight: Flight | 'gone' }>
  | Standing<'record', { readonly task: Task; readonly answer: Answer; readonly number: number }>;

/** A worker at this place. */
export type At<Place extends Worker['at']> = Extract<Worker, { at: Place }>;

export interface State {
  readonly documents: Readonly<Record<Version, Document>>;
  readonly intents: Readonly<Record<Version, Intent>>;
  readonly isPaused: boolean;
  readonly workers: readonly [Worker, Worker];
  /** Requests to which nobody listens any more. */
  readonly wire: readonly Flight[];
  readonly target: Target;
  readonly sends: number;
  /** A promise that a step broke. */
  readonly broken?: string;
}

/** The attempt is over; if the document is not at rest, another one follows. */
export function ends(state: State, who: Who): State {
  return goes(state, who, { at: 'idle' });
}
