import type { FindingCode } from './finding-codes.ts';

export type Layer = 'envelope' | 'syntax' | 'table' | 'profile';
export type Severity = 'reject' | 'accept-with-error' | 'note';

/** What was found, and where. */
export interface Finding {
  readonly layer: Layer;
  readonly severity: Severity;
  readonly code: FindingCode;
  /** The code that the standard's acknowledgment has for it in the release of its group; null when it has none. */
  readonly ackCode: string | null;
  /** Bytes from the beginning of the file. */
  readonly offset: number;
  /** Number of the segment in its set, from 1; 0 when it stands in none. */
  readonly segment: number;
  readonly tag: string;
  /** Position of element, component and repetition, from 1; 0 when the finding is about the whole. */
  readonly element: number;
  readonly component: number;
  readonly repetition: number;
  /** Says what is wrong without any value of the document: it may be logged. */
  readonly message: string;
  /** What stood there. It may be personal or secret, and is shown only on request. */
  readonly value: string;
}

/** A: accepted. E: accepted, errors noted. P: some sets of a group accepted. R: rejected. */
export type Verdict = 'A' | 'E' | 'P' | 'R';
