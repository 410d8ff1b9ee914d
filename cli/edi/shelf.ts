import { BUILT_IN_TABLES } from '../../formats/tables/built-in.ts';
import { TableShelf } from '../../formats/tables/shelf.ts';

/** The tables that the product brings. */
export function builtInShelf(): TableShelf {
  return new TableShelf(BUILT_IN_TABLES);
}
