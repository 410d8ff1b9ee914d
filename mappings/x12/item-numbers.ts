import { code, identifier } from '../edi/codec.ts';
import type { DocumentSource } from '../edi/document-source.ts';
import { ItemCodes, type Numbered } from '../edi/item-codes.ts';
import type { Elements, Part, Work } from '../edi/rule.ts';
import { ITEMS } from './codes.ts';

/** Qualifiers of GTINs by their digits. */
const GTINS: Readonly<Record<number, string>> = { 8: 'EO', 12: 'UP', 13: 'EN', 14: 'UK' };
const schemes = code('items', { gtin: Object.values(GTINS), ...ITEMS });
/** BP, the buyer's part number: the ERP is the buyer of what is ordered, and of what its suppliers invoice. */
const items = new ItemCodes(schemes, identifier(48), 'BP');

/** Pairs of qualifier and item number, as from PO106 on. The ERP's own number stands first, under the qualifier of the terms. */
export function itemNumbers(first: number, pairs: number): Part<Numbered> {
  return {
    carries: items.carries(pairs - 1),
    matches: () => true,
    fits: () => true,
    read(segment, into, work) {
      for (let element = first; element < first + 2 * pairs; element += 2) {
        if (!items.read(segment.see(element), segment.see(element + 1), into, work)) continue;
        segment.take(element);
        segment.take(element + 1);
      }
    },
    write(from, to, work) {
      const own = writeOwn(from, to, first, work) ? 1 : 0;
      let at = first + 2 * own;
      for (const id of from.items('ids')) {
        const value = id.see('value') ?? '';
        const qualifier = id.see('scheme') === 'gtin' ? GTINS[value.length] : items.codeOf(id, work);
        if (qualifier === undefined || at >= first + 2 * pairs) continue;
        id.take('scheme');
        id.take('value');
        to.put(qualifier, at);
        to.put(value, at + 1);
        at += 2;
      }
    },
  };
}

function writeOwn(from: DocumentSource<Numbered>, to: Elements, element: number, work: Work): boolean {
  const own = items.ownNumber(from, work);
  if (own === undefined) return false;
  from.take('item');
  to.put(items.own(work), element);
  to.put(own, element + 1);
  return true;
}
