import type { SetLoop } from '../../formats/edi/set-tree.ts';
import type { CanonicalDocument } from '../canonical/document.ts';
import type { MapContext, MapFinding, ReadingMap, ReadOutcome } from '../edi/map.ts';
import { FileSums } from './file-sums.ts';
import { INVOIC } from './invoice.ts';
import { ORDERS } from './purchase-order.ts';
import { HEADER } from './standard.ts';

/** The message that heads a file, and the map of its details. */
const FILES: ReadonlyMap<string, ReadingMap> = new Map<string, ReadingMap>([
  ['ORDHDR', ORDERS],
  ['INVFIL', INVOIC],
]);
const SUMS_UP = new Set(['ORDTLR', 'INVTLR']);

/** What a message of a file gives. */
export type FilePart =
  | { readonly kind: 'document'; readonly read: ReadOutcome<CanonicalDocument> }
  /** What the trailer of the file states otherwise than its documents do. */
  | { readonly kind: 'trailer'; readonly findings: readonly MapFinding[] }
  /** It is kept for what follows, or says nothing of its own. */
  | { readonly kind: 'none' };

/**
 * Reads the messages of TRADACOMS files one after the other: header once, then details, to which all of the header applies, then
 * trailers. Only the header is held.
 */
export class TradacomsFile {
  #header: { readonly map: ReadingMap; readonly tree: SetLoop } | undefined;
  #sums = new FileSums();

  /** The next message by its type (MHD) and tree. A detail without a header of its file is refused. */
  take(type: string, tree: SetLoop, context: MapContext): FilePart {
    const map = FILES.get(type);
    if (map !== undefined) {
      this.#header = { map, tree };
      this.#sums = new FileSums();
      return { kind: 'none' };
    }
    if (SUMS_UP.has(type)) return { kind: 'trailer', findings: this.#sums.check(tree, context) };
    const detail = [...FILES.values()].find(({ set }) => set === type);
    if (detail === undefined) return { kind: 'none' };
    this.#sums.add(tree, context);
    const header = this.#header?.map === detail ? this.#header.tree : undefined;
    return { kind: 'document', read: detail.read(headed(tree, header), context) };
  }
}

/** The detail with the header's segments in a loop of their own. */
function headed(detail: SetLoop, header: SetLoop | undefined): SetLoop {
  if (header === undefined) return detail;
  return { ...detail, loops: [{ ...header, id: HEADER }, ...detail.loops] };
}
