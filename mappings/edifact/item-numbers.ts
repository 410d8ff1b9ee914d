import { type ItemScheme, isGtin } from '../canonical/trade.ts';
import { byRelease, code, identifier } from '../edi/codec.ts';
import type { DocumentSource } from '../edi/document-source.ts';
import type { Draft } from '../edi/draft.ts';
import type { MapContext } from '../edi/map.ts';
import { Elements, inDocument, type Part, type Rule, type Work } from '../edi/rule.ts';
import type { SegmentSource } from '../edi/set-source.ts';
import { ITEMS, ITEMS_OF_01B } from './codes.ts';
import { D01B } from './standard.ts';

interface Numbered {
  readonly item?: string | undefined;
  readonly ids?: readonly ItemNumber[] | undefined;
}

interface ItemNumber {
  readonly scheme: ItemScheme;
  readonly value: string;
}

const schemes = byRelease(code('items', ITEMS), { [D01B]: code('items', ITEMS_OF_01B) });
/** 7140 in C212. */
const number = identifier(35);
/** The buyer's item number: the ERP is the buyer of what is ordered, and of what its suppliers invoice. */
const OWN = 'IN';
const PIA_NUMBERS = 5;
const PIAS = 5;

/** C212 in LIN: the first number of the item, where that is a GTIN. */
export const itemInLine: Part<Numbered> = {
  carries: [
    { path: 'item', form: number.form },
    { path: 'ids', form: { kind: 'list', most: PIAS * PIA_NUMBERS - 1 } },
    { path: 'ids.scheme', form: { kind: 'code', values: Object.keys(ITEMS) } },
    { path: 'ids.value', form: number.form },
  ],
  matches: () => true,
  fits: () => true,
  read: (lin, into, work) => keep(lin, 3, into, work),
  write(from, to, work) {
    const [first] = from.items('ids');
    const gtin = schemes.write('gtin', work);
    if (first?.see('scheme') === 'gtin' && gtin !== undefined) put(first, gtin.text, to, 3);
  },
};

/** PIA 1 and 5: the other numbers of the item, the ERP's own one first, under the qualifier of the terms. */
export const additionalItems: Rule<Numbered> = {
  carries: [],
  matches: (from) => from.segments('PIA').length > 0,
  read(from, into, work) {
    for (const pia of from.segments('PIA').filter((one) => ['1', '5'].includes(one.see(1)))) {
      for (let element = 2; element <= 1 + PIA_NUMBERS; element += 1) keep(pia, element, into, work);
      pia.take(1);
    }
  },
  write(from, to, work) {
    const isFirst = from.items('ids')[0]?.hasTaken('value') !== true;
    const numbers = [...ownNumber(from, work), ...otherNumbers(from, work)].slice(0, PIAS * PIA_NUMBERS);
    for (let at = 0; at < numbers.length; at += PIA_NUMBERS) {
      const elements = new Elements();
      elements.fill(isFirst ? '5' : '1', 1);
      for (const [index, write] of numbers.slice(at, at + PIA_NUMBERS).entries()) write(elements, index + 2);
      to.push({ tag: 'PIA', elements: elements.written() });
    }
  },
};

type WriteNumber = (to: Elements, element: number) => void;

function ownNumber(from: DocumentSource<Numbered>, work: Work): WriteNumber[] {
  const value = from.see('item');
  if (value === undefined || value === '') return [];
  const written = number.write(value, work);
  if (written === undefined) {
    const message = 'The item number does not fit its place in the set, and must not be cut.';
    work.tell({ ...inDocument(from.where('item')), severity: 'reject', code: 'value-unfit', message });
    return [];
  }
  return [
    (to, element) => {
      from.take('item');
      to.put(written.text, element, 1);
      to.put(ownQualifier(work), element, 2);
    },
  ];
}

function otherNumbers(from: DocumentSource<Numbered>, work: Work): WriteNumber[] {
  return from.items('ids').flatMap((id) => {
    const qualifier = qualifierOf(id, work);
    if (id.hasTaken('value') || qualifier === undefined) return [];
    return [(to: Elements, element: number) => put(id, qualifier, to, element)];
  });
}

/** Undefined where it would not be read again as what it is. */
function qualifierOf(id: DocumentSource<ItemNumber>, work: Work): string | undefined {
  const [scheme = '', value = ''] = [id.see('scheme'), id.see('value')];
  if (number.write(value, work) === undefined) return undefined;
  const qualifier = schemes.write(scheme, work)?.text;
  return scheme !== 'gtin' && qualifier === ownQualifier(work) ? undefined : qualifier;
}

function put(id: DocumentSource<ItemNumber>, qualifier: string, to: Elements, element: number): void {
  id.take('scheme');
  to.put(id.take('value') ?? '', element, 1);
  to.put(qualifier, element, 2);
}

/** Takes a number that is understood into the document. */
function keep(segment: SegmentSource, element: number, into: Draft<Numbered>, work: Work): void {
  const [value, qualifier] = [segment.see(element, 1), segment.see(element, 2)];
  if (value === '') return;
  if (qualifier === ownQualifier(work) && into.get('item') === undefined) into.set('item', value);
  else {
    const scheme = schemes.read(qualifier, work);
    if (scheme === undefined || (scheme === 'gtin' && !isGtin(value))) return;
    const id = into.add('ids');
    id.set('scheme', scheme);
    id.set('value', value);
  }
  segment.take(element, 1);
  segment.take(element, 2);
}

function ownQualifier({ terms }: MapContext): string {
  return terms.itemQualifier ?? OWN;
}
