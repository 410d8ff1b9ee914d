import type { Party, PartyScheme, TradePartner } from '../canonical/trade.ts';
import type { Codec } from './codec.ts';
import type { Draft } from './draft.ts';
import { type Place, placeOf } from './parts.ts';
import type { Part, Work } from './rule.ts';

/** Where a number of a party stands, and who gave it out. */
interface IdPlaces {
  readonly value: Place;
  readonly values: Codec;
  readonly scheme: Place;
  readonly schemes: Codec;
}

/** A number of a party and who gave it out: they make sense only together. */
export function partyId({ value, values, scheme, schemes }: IdPlaces): Part<Pick<Party, 'id'>> {
  const [valueAt, schemeAt] = [placeOf(value), placeOf(scheme)];
  return {
    carries: [
      { path: 'id.scheme', form: schemes.form },
      { path: 'id.value', form: values.form },
    ],
    matches: () => true,
    fits: () => true,
    read(segment, into, work) {
      const [given, number] = [schemes.read(segment.see(...schemeAt), work), segment.see(...valueAt)];
      if (given === undefined || number === '') return;
      segment.take(...schemeAt);
      segment.take(...valueAt);
      into.set('id.scheme', given);
      into.set('id.value', number);
    },
    write(from, to, work) {
      const given = schemes.write(from.see('id.scheme') ?? '', work);
      const number = values.write(from.see('id.value') ?? '', work);
      if (given === undefined || number === undefined || number.text === '') return;
      from.take('id.scheme');
      from.take('id.value');
      to.put(given.text, ...schemeAt);
      to.put(number.text, ...valueAt);
    },
  };
}

/**
 * The ERP's number of a partner whose set does not say it by itself: the number that the other side of the trade gave out (`own`),
 * or else that of the partner's terms.
 */
export function settleNumber(into: Draft<TradePartner>, own: PartyScheme, { terms }: Work): void {
  const given = into.get('id.scheme') === own ? into.get('id.value') : undefined;
  if (into.get('number') === undefined && given !== undefined) {
    into.set('number', given);
    into.remove('id');
  }
  if (into.get('number') === undefined && terms.partner !== undefined) into.set('number', terms.partner);
}
