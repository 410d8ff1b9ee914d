import type { EdiEvent } from '../edi/events.ts';
import type { GroupHeader, InterchangeHeader, SetHeader } from '../edi/header.ts';
import { packTag } from '../edi/segment.ts';
import type { SetLoop } from '../edi/set-tree.ts';
import { SetTreeBuilder } from './set-tree-builder.ts';
import type { TableShelf } from './shelf.ts';
import { wantedTable } from './table-checker.ts';

/** Header and trailer of a set: they are no part of what it says. */
const FRAME = new Set(['ST', 'SE', 'UNH', 'UNT', 'MHD', 'MTR'].map(packTag));

/** A set that is kept, with the headers it stood under. */
export interface KeptSet {
  readonly header: SetHeader;
  readonly group: GroupHeader;
  readonly interchange: InterchangeHeader;
  readonly tree: SetLoop;
}

/** Makes trees of the sets that have a table: feed it the events of a reader. One set is held at a time. */
export class SetTrees {
  readonly #shelf: TableShelf;
  #interchange: InterchangeHeader | undefined;
  #group: GroupHeader | undefined;
  #builder: SetTreeBuilder | undefined;

  constructor(shelf: TableShelf) {
    this.#shelf = shelf;
  }

  /**
   * The set that has closed with this event, if any. It stands only when its group and its interchange have closed well.
   *
   * @throws Failure EDI_TABLE_INVALID
   */
  take(event: EdiEvent): KeptSet | undefined {
    if (event.kind === 'interchange-opened') this.#interchange = event.interchange;
    else if (event.kind === 'group-opened') this.#group = event.group;
    else if (event.kind === 'set-opened') this.#open(event.set);
    else if (event.kind === 'segment' && !FRAME.has(event.segment.packedTag)) {
      this.#builder?.take(event.segment, event.position);
    }
    if (event.kind === 'set-closed') return this.#close(event.set.header);
    return undefined;
  }

  #open(set: SetHeader): void {
    const [group, interchange] = [this.#group, this.#interchange];
    if (group === undefined || interchange === undefined) return;
    const found = this.#shelf.find(wantedTable({ set, group, interchange }));
    this.#builder = found === undefined ? undefined : new SetTreeBuilder(found.graph);
  }

  #close(header: SetHeader): KeptSet | undefined {
    const [group, interchange, builder] = [this.#group, this.#interchange, this.#builder];
    this.#builder = undefined;
    if (group === undefined || interchange === undefined || builder === undefined) return undefined;
    return { header, group, interchange, tree: builder.set };
  }
}
