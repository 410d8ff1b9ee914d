import { EdiReader } from '../../../formats/edi/reader.ts';
import { BUILT_IN_TABLES } from '../../../formats/tables/built-in.ts';
import { type KeptSet, SetTrees } from '../../../formats/tables/set-trees.ts';
import { TableShelf } from '../../../formats/tables/shelf.ts';

const shelf = new TableShelf(BUILT_IN_TABLES);

/** The sets of a file as trees, by the tables that the product brings. */
export function setsIn(bytes: Uint8Array): KeptSet[] {
  const reader = new EdiReader({});
  const trees = new SetTrees(shelf);
  const sets: KeptSet[] = [];
  reader.push(bytes);
  reader.end();
  for (let event = reader.next(); event !== undefined; event = reader.next()) {
    const set = trees.take(event);
    if (set !== undefined) sets.push(set);
  }
  return sets;
}
