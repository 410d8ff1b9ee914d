import type { Standard } from '../../formats/edi/header.ts';
import type { CanonicalDocument } from '../canonical/document.ts';
import { EDIFACT_MAPS } from '../edifact/maps.ts';
import { X12_MAPS, X12_READING_MAPS } from '../x12/maps.ts';
import type { EdiMap, ReadingMap } from './map.ts';

/** TRADACOMS is read file by file, and not written. */
type MappedStandard = Exclude<Standard, 'TRADACOMS'>;

const READING: Readonly<Record<MappedStandard, readonly ReadingMap[]>> = {
  X12: X12_READING_MAPS,
  EDIFACT: EDIFACT_MAPS,
};
const WRITING: Readonly<Record<MappedStandard, readonly EdiMap[]>> = { X12: X12_MAPS, EDIFACT: EDIFACT_MAPS };

/** The map that reads a set; undefined where there is none. */
export function readingMapOf(standard: MappedStandard, set: string): ReadingMap | undefined {
  return READING[standard].find((map) => map.set === set);
}

/** The map that writes documents of a kind in a standard; undefined where there is none. */
export function writingMapOf(standard: MappedStandard, kind: CanonicalDocument['kind']): EdiMap | undefined {
  return WRITING[standard].find((map) => map.kind === kind);
}
