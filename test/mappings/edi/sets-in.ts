import type { Finding } from '../../../formats/edi/finding.ts';
import { EdiReader } from '../../../formats/edi/reader.ts';
import { BUILT_IN_TABLES } from '../../../formats/tables/built-in.ts';
import { type KeptSet, SetTrees } from '../../../formats/tables/set-trees.ts';
import { TableShelf } from '../../../formats/tables/shelf.ts';
import { checkerOf } from '../../../formats/tables/table-checker.ts';

const shelf = new TableShelf(BUILT_IN_TABLES);

interface CheckedSet extends KeptSet {
  readonly findings: readonly Finding[];
}

/** The sets of a file as trees, by the tables that the product brings, and what these find in them. */
export function setsIn(bytes: Uint8Array): CheckedSet[] {
  const reader = new EdiReader({ checker: checkerOf(shelf) });
  const trees = new SetTrees(shelf);
  const sets: CheckedSet[] = [];
  reader.push(bytes);
  reader.end();
  for (let event = reader.next(); event !== undefined; event = reader.next()) {
    const set = trees.take(event);
    if (set !== undefined && event.kind === 'set-closed') sets.push({ ...set, findings: event.set.findings });
  }
  return sets;
}
