import type { SetLoop, WrittenSegment } from '../../formats/edi/set-tree.ts';
import type { CanonicalDocument } from '../canonical/document.ts';
import type { Carried } from './codec.ts';
import type { PartnerTerms } from './terms.ts';

/** All that a map knows beside the document. */
export interface MapContext {
  /** Now. Years of two digits are near it. */
  readonly at: Date;
  readonly terms: PartnerTerms;
  /** The release of the set, as tables name it: `004010`, `D.96A`. */
  readonly release: string;
  /** Control numbers of the interchange and the set that the document comes or goes in. */
  readonly control: { readonly interchange: string; readonly set: string };
}

/** A value of a set that the canonical document has no place for. The value itself is not told: it may be personal. */
export interface Unmapped {
  /** Number of the segment in its set, from 1. */
  readonly position: number;
  readonly tag: string;
  readonly element: number;
  readonly component: number;
  readonly repetition: number;
}

/** A value of a canonical document that the set does not hold, or not as it is. `path` such as `lines[2].note`. */
export interface Lost {
  readonly path: string;
  readonly why: 'no-place' | 'cut' | 'changed';
}

/** What a map has to say. A message holds no values but sums, which it is about. */
export interface MapFinding {
  readonly severity: 'reject' | 'note';
  readonly code: MapFindingCode;
  /** Where in the set; 0 and '' when it is about the whole or about a document that is written. */
  readonly position: number;
  readonly tag: string;
  readonly element: number;
  /** Where in the canonical document; '' when it is about the set. */
  readonly path: string;
  readonly message: string;
}

export type MapFindingCode =
  | 'money-unmapped'
  | 'value-not-understood'
  | 'value-missing'
  | 'release-not-written'
  | 'value-unfit'
  | 'value-shortened'
  | 'format-missing'
  | 'document-invalid'
  | 'sums-differ'
  | 'sign-unexpected'
  | 'count-differs'
  | 'check-digit-wrong'
  | 'tree-invalid';

export type ReadOutcome<D> =
  | {
      readonly outcome: 'read';
      readonly document: D;
      readonly unmapped: readonly Unmapped[];
      readonly findings: readonly MapFinding[];
    }
  | { readonly outcome: 'refused'; readonly unmapped: readonly Unmapped[]; readonly findings: readonly MapFinding[] };

export type WriteOutcome =
  | {
      readonly outcome: 'written';
      /** Between the set's header and its trailer. */
      readonly segments: readonly WrittenSegment[];
      readonly lost: readonly Lost[];
      readonly findings: readonly MapFinding[];
    }
  | { readonly outcome: 'refused'; readonly lost: readonly Lost[]; readonly findings: readonly MapFinding[] };

/** A set as a canonical document. */
export interface ReadingMap<D extends CanonicalDocument = CanonicalDocument> {
  /** `850`, `ORDERS`. */
  readonly set: string;
  readonly kind: D['kind'];
  /** The canonical fields that the set has a place for. */
  readonly carries: readonly Carried[];
  read(set: SetLoop, context: MapContext): ReadOutcome<D>;
}

/** Both ways: a document that holds only what is carried comes back the same. */
export interface EdiMap<D extends CanonicalDocument = CanonicalDocument> extends ReadingMap<D> {
  write(document: D, context: MapContext): WriteOutcome;
}
