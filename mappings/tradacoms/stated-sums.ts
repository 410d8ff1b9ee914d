import { Big } from 'big.js';
import { inSet, type Work } from '../edi/rule.ts';
import type { SegmentSource } from '../edi/set-source.ts';
import { sum } from './pictures.ts';

/** The sums of STL by their element; TLR has each of them three places before. */
const ELEMENTS = {
  /** LVLA, what the lines come to. */
  lines: 5,
  /** QYDA and VLDA, discounts for quantity and value. */
  quantityDiscount: 6,
  valueDiscount: 7,
  /** SURA and SSUB. */
  surcharge: 8,
  subsidy: 9,
  /** EVLA, without VAT. */
  net: 10,
  /** SEDA, discount for settlement in time, and ASDA, what is left then. */
  settlement: 11,
  afterSettlement: 12,
  /** VATA. */
  vat: 13,
  /** APSE and APSI: payable without and with that discount. */
  payable: 14,
  payableInTime: 15,
} as const;

export type SumName = keyof typeof ELEMENTS;

/** The sums that a STL, or the TLR, states. */
export class StatedSums {
  readonly #segment: SegmentSource;
  readonly #work: Work;
  readonly #shift: number;

  constructor(segment: SegmentSource, work: Work) {
    this.#segment = segment;
    this.#work = work;
    this.#shift = segment.tag === 'TLR' ? 3 : 0;
  }

  /** What is stated; 0 where nothing is. */
  of(name: SumName): Big {
    return new Big(sum.read(this.#segment.see(this.#element(name)), this.#work) ?? 0);
  }

  isStated(name: SumName): boolean {
    return this.#segment.see(this.#element(name)) !== '';
  }

  /** A sum that goes into the document. */
  take(name: SumName): Big {
    const stated = this.of(name);
    if (sum.read(this.#segment.see(this.#element(name)), this.#work) !== undefined) {
      this.#segment.take(this.#element(name));
    }
    return stated;
  }

  /** Takes a sum that only repeats others. Another one than they come to refuses the document. */
  check(name: SumName, reckoned: Big): void {
    if (!this.isStated(name)) return;
    const stated = this.take(name);
    if (stated.minus(reckoned).abs().lte(this.#work.terms.tolerance)) return;
    const element = this.#element(name);
    const message = `The invoice comes to ${reckoned.toFixed(2)} here, it says ${stated.toFixed(2)}.`;
    this.#work.tell({ ...inSet(this.#segment, element), severity: 'reject', code: 'sums-differ', message });
  }

  #element(name: SumName): number {
    return ELEMENTS[name] - this.#shift;
  }
}
