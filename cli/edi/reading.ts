import { type EdiProfile, STANDARD_EDI_PROFILE } from '../../config/edi-profile.ts';
import type { EdiSettings } from '../../formats/edi/settings.ts';
import { BUILT_IN_TABLES } from '../../formats/tables/built-in.ts';
import type { SetTable } from '../../formats/tables/form.ts';
import { profileKey, type SetProfile, TableShelf } from '../../formats/tables/shelf.ts';
import { checkerOf, wantedTable } from '../../formats/tables/table-checker.ts';

/** How files are read: by whose profile, and by which tables. */
export interface Reading {
  readonly profile: EdiProfile;
  readonly shelf: TableShelf;
  readonly settings: EdiSettings;
}

/** Acknowledgments are taken from every partner. */
const ALWAYS_TAKEN = new Set(['997', '999', 'CONTRL']);

/**
 * Reading by a profile, with tables of our own before those of the product.
 *
 * @throws Failure EDI_TABLE_INVALID for a table that is not sound, and for a profile that names what a table does not have
 */
export function readingBy(profile: EdiProfile | undefined, tables: readonly SetTable[]): Reading {
  const agreed = profile ?? STANDARD_EDI_PROFILE;
  const shelf = new TableShelf([...BUILT_IN_TABLES, ...tables], profilesOf(agreed));
  shelf.compileAll([...tables.map(profileKey), ...Object.keys(agreed.sets ?? {})]);
  return { profile: agreed, shelf, settings: settingsOf(agreed, shelf) };
}

function profilesOf({ sets = {} }: EdiProfile): Record<string, SetProfile> {
  return Object.fromEntries(
    Object.entries(sets).map(([type, { release, changes }]) => [type, { release, patch: changes }]),
  );
}

function settingsOf({ characters, severities, sets, x12, edifact }: EdiProfile, shelf: TableShelf): EdiSettings {
  return {
    ...(characters === undefined ? {} : { characters }),
    severities,
    delimiters: { X12: x12.delimiters, EDIFACT: edifact.delimiters },
    checker: checkerOf(shelf),
    supports: (at) => {
      const { standard, type, release } = wantedTable(at);
      const agreed = sets?.[profileKey({ standard, set: type })];
      if (sets === undefined || ALWAYS_TAKEN.has(type)) return true;
      return agreed !== undefined && (agreed.releases === undefined || agreed.releases.includes(release));
    },
  };
}
