import { byteKinds, endKinds, headerKinds } from './byte-kinds.ts';
import type { Characters } from './characters.ts';
import type { Delimiters } from './delimiters.ts';
import { type ScanTable, scanTable } from './segment-index.ts';

/** The tables that one interchange is read with: for its body, for a header that is fixed by position, for what passed a limit. */
export interface KindTables {
  readonly body: Uint8Array;
  readonly header: Uint8Array;
  readonly end: Uint8Array;
  /** The body's, for the index. */
  readonly scan: ScanTable;
}

const MOST_KEPT = 64;
const kept = new Map<string, KindTables>();

/** These tables are made once: most files have the delimiters of the file before. */
export function kindTables(delimiters: Delimiters, characters: Characters): KindTables {
  const { element, component, repetition, release, terminator, tag } = delimiters;
  const key = `${element} ${component} ${repetition} ${release} ${terminator} ${tag} ${characters.name}`;
  const known = kept.get(key);
  if (known !== undefined) return known;
  if (kept.size === MOST_KEPT) kept.clear();
  const body = byteKinds(delimiters, characters);
  const made = { body, header: headerKinds(delimiters), end: endKinds(delimiters), scan: scanTable(body) };
  kept.set(key, made);
  return made;
}
