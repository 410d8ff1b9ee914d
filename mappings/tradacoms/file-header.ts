import type { Party, TradePartner } from '../canonical/trade.ts';
import { type Carried, text, whole } from '../edi/codec.ts';
import type { Draft } from '../edi/draft.ts';
import { at, key } from '../edi/parts.ts';
import type { Part, Rule } from '../edi/rule.ts';
import { segment } from '../edi/rules.ts';
import { streetLines } from '../edi/street-lines.ts';
import { takeRegistered } from './registered-text.ts';

type Details = Omit<Party, 'role'>;

interface Named {
  readonly supplier?: TradePartner | undefined;
  readonly parties?: Party[] | undefined;
  readonly currency?: string | undefined;
}

/** Something that only repeats, in words or numbers of the file, what is known. */
export function redundant<S>(...elements: readonly number[]): Part<S> {
  return {
    carries: [],
    matches: () => true,
    fits: () => true,
    read(segment) {
      for (const element of elements) segment.take(element);
    },
    write: () => undefined,
  };
}

const ID: readonly Carried[] = [
  { path: 'id.scheme', form: { kind: 'code', values: ['gln', 'buyer', 'supplier'] } },
  { path: 'id.value', form: { kind: 'text', length: 17 } },
];

function below(path: string, carries: readonly Carried[]): Carried[] {
  return carries.map((one) => ({ path: `${path}.${one.path}`, form: one.form }));
}

/** Name, and four lines of address with the post code. */
const nameAndAddress: readonly Part<Details>[] = [
  at(2, 'name', text(40)),
  streetLines(3),
  at([3, 5], 'address.postalCode', whole(8)),
];

/** VATN: the number, and the same with its country where it is not a British one. */
const vatNumber: Part<Details> = {
  ...at<Details>([4, 2], 'vatNumber', whole(17)),
  read(segment, into) {
    const [digits, full] = [segment.see(4, 1), segment.see(4, 2)];
    if (digits === '' && full === '') return;
    if (full === '' || full.endsWith(digits)) segment.take(4, 1);
    segment.take(4, 2);
    into.set('vatNumber', full === '' ? digits : full);
  },
};

/** The number in the first element: a GLN, or one that the other side, or this side, gave out. */
function idOf(others: readonly { readonly component: number; readonly scheme: 'buyer' | 'supplier' }[]): Part<Details> {
  return {
    carries: [],
    matches: () => true,
    fits: () => true,
    read(segment, into) {
      const given = [{ component: 1, scheme: 'gln' as const }, ...others].find(
        ({ component }) => segment.see(1, component) !== '',
      );
      if (given === undefined) return;
      into.set('id.scheme', given.scheme);
      into.set('id.value', segment.take(1, given.component));
    },
    write: () => undefined,
  };
}

const supplierSegment = segment<TradePartner>('SDT', [
  key([1, 2], 'number', whole(17)),
  idOf([]),
  ...nameAndAddress,
  vatNumber,
]);
const supplierWithoutNumber = segment<TradePartner>('SDT', [idOf([]), ...nameAndAddress, vatNumber]);

/** SDT: the customer's number of the supplier is the ERP's; without it that of the partner's terms is. */
const supplier: Rule<Named> = {
  carries: [...below('supplier', supplierSegment.carries), ...below('supplier', ID)],
  matches: () => true,
  read(from, into, work) {
    const inside: Draft<TradePartner> = into.within('supplier');
    supplierSegment.read(from, inside, work);
    supplierWithoutNumber.read(from, inside, work);
    const { partner } = work.terms;
    if (inside.get('number') === undefined && partner !== undefined) inside.set('number', partner);
  },
  write: () => undefined,
};

/** A party that has one segment to itself. */
function party(tag: string, role: Party['role'], parts: readonly Part<Details>[]): Rule<Named> {
  const rule = segment<Details>(tag, parts);
  return {
    carries: [{ path: 'parties', form: { kind: 'list', most: 2 } }, ...below('parties', [...rule.carries, ...ID])],
    matches: rule.matches,
    read(from, into, work) {
      if (!rule.matches(from, work)) return;
      const added = into.add('parties');
      added.set('role', role);
      rule.read(from, added, work);
    },
    write: () => undefined,
  };
}

const customer = party('CDT', 'buyer', [idOf([{ component: 2, scheme: 'supplier' }]), ...nameAndAddress, vatNumber]);

/** CLO: where the customer wants the goods. */
export const location: Rule<Named> = party('CLO', 'shipTo', [
  idOf([
    { component: 2, scheme: 'buyer' },
    { component: 3, scheme: 'supplier' },
  ]),
  ...nameAndAddress,
]);

/** FIL: the number of the file. Its version is 1, unless it was sent again. */
const file: Rule<Named> = segment('FIL', [
  {
    ...redundant(1, 3),
    read(fil) {
      for (const element of [1, 3]) fil.take(element);
      if (Number(fil.see(2)) === 1) fil.take(2);
    },
  },
]);

/** DNA with the registered text 073: the currency. Amounts are pounds without it. */
const currency: Rule<Named> = {
  carries: [{ path: 'currency', form: { kind: 'text', length: 3 } }],
  matches: () => true,
  read(from, into) {
    for (const dna of from.segments('DNA')) {
      const code = takeRegistered(dna, 3, '073');
      if (code === undefined) continue;
      dna.take(1);
      into.set('currency', code);
    }
  },
  write: () => undefined,
};

/** What the header message says of each of its details, beside its type. */
export const fileHeader: readonly Rule<Named>[] = [supplier, customer, currency, file];
