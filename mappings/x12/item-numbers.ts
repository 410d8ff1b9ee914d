import { type ItemScheme, isGtin } from '../canonical/trade.ts';
import { code, identifier } from '../edi/codec.ts';
import type { DocumentSource } from '../edi/document-source.ts';
import type { Draft } from '../edi/draft.ts';
import type { MapContext } from '../edi/map.ts';
import { type Elements, inDocument, type Part, type Work } from '../edi/rule.ts';
import { ITEMS } from './codes.ts';

interface Numbered {
  readonly item?: string | undefined;
  readonly ids?: readonly ItemNumber[] | undefined;
}

interface ItemNumber {
  readonly scheme: ItemScheme;
  readonly value: string;
}

const schemes = code('items', ITEMS);
const number = identifier(48);
/** Qualifiers of GTINs by their digits. */
const GTINS: Readonly<Record<number, string>> = { 8: 'EO', 12: 'UP', 13: 'EN', 14: 'UK' };
/** The buyer's part number: the ERP is the buyer of what is ordered, and of what its suppliers invoice. */
const OWN_QUALIFIER = 'BP';

/** Pairs of qualifier and item number, as from PO106 on. The ERP's own number stands first, under the qualifier of the terms. */
export function itemNumbers(first: number, pairs: number): Part<Numbered> {
  return {
    carries: [
      { path: 'item', form: number.form },
      { path: 'ids', form: { kind: 'list', most: pairs - 1 } },
      { path: 'ids.scheme', form: { kind: 'code', values: ['gtin', ...Object.keys(ITEMS)] } },
      { path: 'ids.value', form: number.form },
    ],
    matches: () => true,
    fits: () => true,
    read(segment, into, work) {
      for (let element = first; element < first + 2 * pairs; element += 2) {
        if (!keep(segment.see(element), segment.see(element + 1), into, work)) continue;
        segment.take(element);
        segment.take(element + 1);
      }
    },
    write(from, to, work) {
      const own = writeOwn(from, to, first, work) ? 1 : 0;
      let at = first + 2 * own;
      for (const id of from.items('ids')) {
        const qualifier = qualifierOf(id, work);
        if (qualifier === undefined || at >= first + 2 * pairs) continue;
        id.take('scheme');
        to.put(qualifier, at);
        to.put(id.take('value') ?? '', at + 1);
        at += 2;
      }
    },
  };
}

/** Whether a pair was understood, and so is in the document. */
function keep(qualifier: string, value: string, into: Draft<Numbered>, work: Work): boolean {
  if (value === '') return false;
  if (qualifier === ownQualifier(work) && into.get('item') === undefined) {
    into.set('item', value);
    return true;
  }
  const scheme = Object.values(GTINS).includes(qualifier) ? 'gtin' : schemes.read(qualifier, work);
  if (scheme === undefined || (scheme === 'gtin' && !isGtin(value))) return false;
  const id = into.add('ids');
  id.set('scheme', scheme);
  id.set('value', value);
  return true;
}

function writeOwn(from: DocumentSource<Numbered>, to: Elements, element: number, work: Work): boolean {
  const value = from.see('item');
  if (value === undefined || value === '') return false;
  const written = number.write(value, work);
  if (written === undefined) {
    const message = 'The item number does not fit its place in the set, and must not be cut.';
    work.tell({ ...inDocument(from.where('item')), severity: 'reject', code: 'value-unfit', message });
    return false;
  }
  from.take('item');
  to.put(ownQualifier(work), element);
  to.put(written.text, element + 1);
  return true;
}

/** Undefined where it would not be read again as what it is. */
function qualifierOf(id: DocumentSource<ItemNumber>, work: Work): string | undefined {
  const [scheme = '', value = ''] = [id.see('scheme'), id.see('value')];
  if (number.write(value, work) === undefined) return undefined;
  if (scheme === 'gtin') return GTINS[value.length];
  const qualifier = schemes.write(scheme, work)?.text;
  return qualifier === ownQualifier(work) ? undefined : qualifier;
}

function ownQualifier({ terms }: MapContext): string {
  return terms.itemQualifier ?? OWN_QUALIFIER;
}
