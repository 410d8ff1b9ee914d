import type { Reference, ReferenceType } from '../canonical/trade.ts';
import type { Part } from '../edi/rule.ts';

interface Referring {
  readonly references?: Reference[] | undefined;
}

/** A number that goes to the references of the document; once where several segments repeat it. */
export function reference(type: ReferenceType, [element, component]: readonly [number, number]): Part<Referring> {
  return {
    carries: [
      { path: 'references.type', form: { kind: 'code', values: [type] } },
      { path: 'references.value', form: { kind: 'text', length: 17 } },
    ],
    matches: () => true,
    fits: () => true,
    read(segment, into) {
      const value = segment.take(element, component);
      const isThere = into.items('references').some((one) => one.get('type') === type && one.get('value') === value);
      if (value === '' || isThere) return;
      const added = into.add('references');
      added.set('type', type);
      added.set('value', value);
    },
    write: () => undefined,
  };
}

/** The supplier's number of the order. */
export function sellerOrder(place: readonly [number, number]): Part<Referring> {
  return reference('sellerOrder', place);
}
