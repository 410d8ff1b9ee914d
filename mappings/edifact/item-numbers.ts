import { byRelease, code, identifier } from '../edi/codec.ts';
import type { DocumentSource } from '../edi/document-source.ts';
import type { Draft } from '../edi/draft.ts';
import { ItemCodes, type Numbered } from '../edi/item-codes.ts';
import type { ItemOf } from '../edi/paths.ts';
import { Elements, type Part, type Rule, type Work } from '../edi/rule.ts';
import type { SegmentSource } from '../edi/set-source.ts';
import { ITEMS, ITEMS_OF_01B } from './codes.ts';
import { D01B } from './standard.ts';

const schemes = byRelease(code('items', ITEMS), { [D01B]: code('items', ITEMS_OF_01B) });
/** 7140 in C212. IN, the buyer's number: the ERP is the buyer of what is ordered, and of what its suppliers invoice. */
const items = new ItemCodes(schemes, identifier(35), 'IN');
const PIA_NUMBERS = 5;
const PIAS = 5;

/** C212 in LIN: the first number of the item, where that is a GTIN. */
export const itemInLine: Part<Numbered> = {
  carries: items.carries(PIAS * PIA_NUMBERS - 1),
  matches: () => true,
  fits: () => true,
  read: (lin, into, work) => keep(lin, 3, into, work),
  write(from, to, work) {
    const [first] = from.items('ids');
    const code = first?.see('scheme') === 'gtin' ? items.codeOf(first, work) : undefined;
    if (first !== undefined && code !== undefined) put(first, code, to, 3);
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
  const own = items.ownNumber(from, work);
  if (own === undefined) return [];
  return [
    (to, element) => {
      from.take('item');
      to.put(own, element, 1);
      to.put(items.own(work), element, 2);
    },
  ];
}

function otherNumbers(from: DocumentSource<Numbered>, work: Work): WriteNumber[] {
  return from.items('ids').flatMap((id) => {
    const code = items.codeOf(id, work);
    if (id.hasTaken('value') || code === undefined) return [];
    return [(to: Elements, element: number) => put(id, code, to, element)];
  });
}

function put(id: DocumentSource<ItemOf<Numbered, 'ids'>>, code: string, to: Elements, element: number): void {
  id.take('scheme');
  to.put(id.take('value') ?? '', element, 1);
  to.put(code, element, 2);
}

function keep(segment: SegmentSource, element: number, into: Draft<Numbered>, work: Work): void {
  if (!items.read(segment.see(element, 2), segment.see(element, 1), into, work)) return;
  segment.take(element, 1);
  segment.take(element, 2);
}
