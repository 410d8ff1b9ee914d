import type { KeptSet } from '../../../formats/tables/set-trees.ts';
import { wantedTable } from '../../../formats/tables/table-checker.ts';
import type { MapContext } from '../../../mappings/edi/map.ts';
import { PartnerTerms } from '../../../mappings/edi/terms.ts';

/** What a map is told of a set in a release, by terms that may be left out. */
export function contextIn(release: string, terms: object = {}): MapContext {
  const control = { interchange: '1', set: '1' };
  return { at: new Date('2026-11-27T00:00:00Z'), terms: PartnerTerms.parse(terms), release, control };
}

/** What a map is told of a set that was received. */
export function contextOf(set: KeptSet, terms: object = {}): MapContext {
  const control = { interchange: set.interchange.control, set: set.header.control };
  return { ...contextIn(wantedTable({ ...set, set: set.header }).release, terms), control };
}
