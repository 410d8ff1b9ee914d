import type { Party, PartyScheme, TradePartner } from '../canonical/trade.ts';
import { byRelease, code, identifier, text, whole } from '../edi/codec.ts';
import { at, fixed, key } from '../edi/parts.ts';
import { partyId, settleNumber } from '../edi/party-number.ts';
import type { Part, Rule } from '../edi/rule.ts';
import { firstOf, loop, loops, segment } from '../edi/rules.ts';
import { streetLines } from '../edi/street-lines.ts';
import { wrapped } from '../edi/wrapped-text.ts';
import { country } from './codecs.ts';
import { PARTIES, PARTY_IDS } from './codes.ts';
import { opensAny } from './opens.ts';
import { D01B } from './standard.ts';

type Details = Omit<Party, 'role'>;

interface WithParties {
  readonly parties?: Party[] | undefined;
}

const role = code('parties', PARTIES);
const scheme = code('ids', PARTY_IDS);
/** 3039 in C082 of D.96A. */
const number = identifier(35);

/** C082: 3039, and who gave it out in 3055. */
const id = partyId({ value: [2, 1], values: whole(35), scheme: [2, 3], schemes: scheme });

const STREETS = ['address.lines.0', 'address.lines.1', 'address.lines.2', 'address.lines.3'] as const;

/** Name and address: C080 and what follows it, or C058, whose first line is the name. */
const nameAndAddress: readonly Part<Details>[] = [
  wrapped({ path: 'name', element: 4, count: 5, width: 35 }),
  streetLines(5),
  at(6, 'address.city', text(35)),
  at(7, 'address.region', whole(9)),
  at(8, 'address.postalCode', byRelease(whole(9), { [D01B]: whole(17) })),
  at(9, 'address.country', country),
];

const unstructured: Part<Details> = {
  carries: [],
  matches: () => true,
  fits: () => true,
  read(nad, into) {
    if (into.get('name') !== undefined || into.get('address.lines.0') !== undefined) return;
    const lines = [1, 2, 3, 4, 5].map((component) => nad.take(3, component)).filter((line) => line !== '');
    const [name, ...streets] = lines;
    if (name !== undefined) into.set('name', name);
    for (const [index, street] of streets.entries()) {
      const path = STREETS[index];
      if (path !== undefined) into.set(path, street);
    }
  },
  write: () => undefined,
};

const contact: Rule<Details> = loop('CTA', [
  segment<Details>('CTA', [
    opensAny(1, 'IC', 'contact.name', 'contact.phone', 'contact.email'),
    at([2, 2], 'contact.name', byRelease(text(35), { [D01B]: text(256) })),
  ]),
  firstOf<Details>(
    'contact.phone',
    segment('COM', [fixed([1, 2], 'TE'), key([1, 1], 'contact.phone', whole(512))]),
    segment('COM', [fixed([1, 2], 'AL'), key([1, 1], 'contact.phone', whole(512))]),
  ),
  segment('COM', [fixed([1, 2], 'EM'), key([1, 1], 'contact.email', whole(512))]),
]);

const vatNumber: Rule<Details> = segment('RFF', [fixed([1, 1], 'VA'), key([1, 2], 'vatNumber', whole(35))]);

/** The parties without a field of their own, each a NAD loop. `inLoop`: what else their messages have in it. */
function partiesWith(inLoop: readonly Rule<Details>[]): Rule<WithParties> {
  return loops('parties', 'NAD', [
    segment('NAD', [key(1, 'role', role), id, ...nameAndAddress, unstructured]),
    ...inLoop,
    contact,
  ]);
}

export const parties = partiesWith([vatNumber]);

/** In REMADV there is no RFF under NAD. */
export const partiesOfPayment = partiesWith([]);

/** Codes of 3035 for one side of a trade, and how the ERP's number of that side is told. */
interface Side {
  readonly codes: readonly [string, ...string[]];
  /** 3055 where the other side of the trade gave the number out. */
  readonly own: PartyScheme;
  /** 1153 of the number beside another one; undefined where NAD has no RFF. */
  readonly reference: string | undefined;
}

export const SUPPLIER: Side = { codes: ['SU', 'SE'], own: 'buyer', reference: 'IA' };
export const CUSTOMER: Side = { codes: ['BY'], own: 'supplier', reference: 'IT' };
export const PAYEE: Side = { codes: ['PE', 'SU', 'SE'], own: 'buyer', reference: undefined };

/**
 * The supplier or customer: the first NAD of it. The ERP's number of it is a number that the other side of the trade gave out, or,
 * beside another number, RFF IA or IT. Where there is no place for both, the ERP's is written. A set without it has the number of
 * the partner's terms.
 */
export function partner(side: Side): Rule<TradePartner> {
  const { codes, reference } = side;
  const nad = segment<TradePartner>('NAD', [
    fixed(1, ...codes),
    reference === undefined ? { ...id, carries: [], write: () => undefined } : id,
    ownNumber(side),
    ...nameAndAddress,
    unstructured,
  ]);
  const beside = reference === undefined ? [] : [numberBesideId(reference), vatNumber];
  const inner = loop('NAD', [nad, ...beside, contact]);
  return {
    ...inner,
    carries: [{ path: 'number', form: number.form }, ...inner.carries],
    read(from, into, work) {
      inner.read(from, into, work);
      settleNumber(into, side.own, work);
    },
  };
}

/** Where no other number stands in C082. */
function ownNumber({ own }: Side): Part<TradePartner> {
  return {
    carries: [],
    matches: () => true,
    fits: () => true,
    read: () => undefined,
    write(from, to, work) {
      if (to.has(2, 1)) return;
      at<TradePartner>([2, 1], 'number', number).write(from, to, work);
      if (to.has(2, 1)) to.fill(scheme.write(own, work)?.text ?? '', 2, 3);
    },
  };
}

function numberBesideId(qualifier: string): Rule<TradePartner> {
  const reference = segment<TradePartner>('RFF', [fixed([1, 1], qualifier), at([1, 2], 'number', number)]);
  return {
    ...reference,
    carries: [],
    write(from, to, work) {
      if (!from.hasTaken('number')) reference.write(from, to, work);
    },
  };
}
