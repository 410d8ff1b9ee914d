import type { Party, PartyScheme, TradePartner } from '../canonical/trade.ts';
import { code, identifier, pattern, text, whole } from '../edi/codec.ts';
import { at, filler, fixed, key, qualified } from '../edi/parts.ts';
import { partyId, settleNumber } from '../edi/party-number.ts';
import type { Part, Rule } from '../edi/rule.ts';
import { loop, loops, segment } from '../edi/rules.ts';
import { PARTIES, PARTY_IDS } from './codes.ts';

type Details = Omit<Party, 'role'>;

interface WithParties {
  readonly parties?: Party[] | undefined;
}

const role = code('parties', PARTIES);
const scheme = code('ids', PARTY_IDS);
/** It stands in N104, or in REF02, which is shorter. */
const number = identifier(30);

const address: readonly Rule<Details>[] = [
  segment('N3', [at(1, 'address.lines.0', text(55)), at(2, 'address.lines.1', text(55))]),
  segment('N3', [at(1, 'address.lines.2', text(55)), at(2, 'address.lines.3', text(55))]),
  segment('N4', [
    at(1, 'address.city', text(30)),
    at(2, 'address.region', whole(2)),
    at(3, 'address.postalCode', whole(15)),
    at(4, 'address.country', pattern(/^[A-Z]{2}$/)),
  ]),
];

const vatAndContact: readonly Rule<Details>[] = [
  segment('REF', [fixed(1, 'VX'), key(2, 'vatNumber', whole(30))]),
  segment('PER', [
    filler(1, 'IC'),
    at(2, 'contact.name', text(60)),
    qualified(3, 'TE', at(4, 'contact.phone', whole(80))),
    qualified(5, 'EM', at(6, 'contact.email', whole(80))),
  ]),
];

const id = partyId({ value: 4, values: whole(80), scheme: 3, schemes: scheme });

/** The parties without a field of their own, each an N1 loop. */
export const parties: Rule<WithParties> = loops('parties', 'N1', [
  segment('N1', [key(1, 'role', role), at(2, 'name', text(60)), id]),
  ...address,
  ...vatAndContact,
]);

const ownReference = segment<TradePartner>('REF', [fixed(1, 'IA', 'VR'), key(2, 'number', number)]);

/** Where the id of N1 is another number. */
const numberBesideId: Rule<TradePartner> = {
  ...ownReference,
  carries: [],
  write(from, to, work) {
    if (from.see('id.value') !== undefined) ownReference.write(from, to, work);
  },
};

/**
 * The supplier or customer: the first N1 loop of it. The ERP's number of it is an id that the other side of the trade gave
 * (`own`: N103 is 92 for a supplier, 91 for a customer), or, beside another id, REF IA. A set without it has the number of the
 * partner's terms.
 */
export function partner(codes: readonly [string, ...string[]], own: PartyScheme): Rule<TradePartner> {
  const trigger = segment<TradePartner>('N1', [fixed(1, ...codes), at(2, 'name', text(60)), id, ownNumber(own)]);
  const inner = loop('N1', [trigger, ...address, numberBesideId, ...vatAndContact]);
  return {
    ...inner,
    carries: [{ path: 'number', form: number.form }, ...inner.carries],
    read(from, into, work) {
      inner.read(from, into, work);
      settleNumber(into, own, work);
    },
  };
}

function ownNumber(own: PartyScheme): Part<TradePartner> {
  return {
    carries: [],
    matches: () => true,
    fits: () => true,
    read: () => undefined,
    write(from, to, work) {
      const [qualifier, value] = [scheme.write(own, work), number.write(from.see('number') ?? '', work)];
      if (from.see('id.value') !== undefined || qualifier === undefined || value === undefined) return;
      from.take('number');
      to.put(qualifier.text, 3);
      to.put(value.text, 4);
    },
  };
}
