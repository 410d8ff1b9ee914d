import type { ItemScheme } from '../canonical/trade.ts';
import { isGtin } from '../canonical/trade.ts';
import { freeCode } from '../edi/codec.ts';
import { inSet, type Part } from '../edi/rule.ts';
import { cost, measure, units } from './pictures.ts';

interface Goods {
  readonly item?: string | undefined;
  readonly ids?: readonly { readonly scheme: ItemScheme; readonly value: string }[] | undefined;
  readonly quantity?: string | undefined;
  readonly unit?: string | undefined;
  readonly unitPrice?: string | undefined;
}

const NUMBER = { kind: 'text', length: 30 } as const;

/**
 * SPRO, SACU and CPRO from an element on: the supplier's numbers of the traded unit (GTIN, own code, GTIN of 14 digits), its
 * GTIN of the consumer unit, and the customer's numbers (GTIN, own code). The customer's code is the ERP's.
 */
export function itemNumbers(first: number): Part<Goods> {
  const gtins = [
    [first, 1],
    [first, 3],
    [first + 2, 1],
  ] as const;
  return {
    carries: [
      { path: 'item', form: NUMBER },
      { path: 'ids', form: { kind: 'list', most: 4 } },
      { path: 'ids.scheme', form: { kind: 'code', values: ['gtin', 'seller'] } },
      { path: 'ids.value', form: NUMBER },
    ],
    matches: () => true,
    fits: () => true,
    read(segment, into) {
      const own = segment.see(first + 2, 2);
      if (own !== '') into.set('item', segment.take(first + 2, 2));
      for (const [element, component] of gtins) {
        if (isGtin(segment.see(element, component))) keep('gtin', segment.take(element, component));
      }
      if (segment.see(first, 2) !== '') keep('seller', segment.take(first, 2));

      function keep(scheme: ItemScheme, value: string): void {
        const id = into.add('ids');
        id.set('scheme', scheme);
        id.set('value', value);
      }
    },
    write: () => undefined,
  };
}

const unit = freeCode('units', 6);

/**
 * Quantity and cost. The cost is for a traded unit, or, with a measure indicator, for one of that measure: then the quantity is the
 * total measure. A cost that cannot be put beside a quantity is left, and so refused.
 */
export function quantityAndCost(quantity: number, price: number): Part<Goods> {
  return {
    carries: [
      { path: 'quantity', form: measure.form },
      { path: 'unit', form: unit.form },
      { path: 'unitPrice', form: cost.form },
    ],
    matches: () => true,
    fits: () => true,
    read(segment, into, work) {
      const per = segment.see(price, 2);
      const isMeasured = per !== '' && per === segment.see(quantity, 3);
      const component = isMeasured ? 2 : 1;
      const counted = (isMeasured ? measure : units).read(segment.see(quantity, component), work);
      if (counted === undefined) {
        const message = 'The line says no quantity that is a whole number of its picture.';
        work.tell({ ...inSet(segment, quantity), severity: 'reject', code: 'value-not-understood', message });
        return;
      }
      segment.take(quantity, component);
      into.set('quantity', counted);
      if (isMeasured) into.set('unit', unit.read(segment.take(quantity, 3), work) ?? per);
      const stated = cost.read(segment.see(price, 1), work);
      if (stated === undefined || (per !== '' && !isMeasured)) return;
      into.set('unitPrice', stated);
      segment.take(price, 1);
      segment.take(price, 2);
    },
    write: () => undefined,
  };
}
