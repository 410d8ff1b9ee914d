import type { Standard } from '../../formats/edi/header.ts';
import type { CanonicalDocument } from '../canonical/document.ts';
import { EDIFACT_MAPS } from '../edifact/maps.ts';
import { X12_MAPS, X12_READING_MAPS } from '../x12/maps.ts';
import type { EdiMap, ReadingMap } from './map.ts';

const READING: Readonly<Record<Standard, readonly ReadingMap[]>> = {
  X12: X12_READING_MAPS,
  EDIFACT: EDIFACT_MAPS,
  TRADACOMS: [],
};

const WRITING: Readonly<Record<Standard, readonly EdiMap[]>> = { X12: X12_MAPS, EDIFACT: EDIFACT_MAPS, TRADACOMS: [] };

/** The map that reads a set; undefined where there is none. */
export function readingMapOf(standard: Standard, set: string): ReadingMap | undefined {
  return READING[standard].find((map) => map.set === set);
}

/** The map that writes documents of a kind in a standard; undefined where there is none. */
export function writingMapOf(standard: Standard, kind: CanonicalDocument['kind']): EdiMap | undefined {
  return WRITING[standard].find((map) => map.kind === kind);
}
