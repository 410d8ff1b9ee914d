import { Big } from 'big.js';
import type { SetLoop } from '../../formats/edi/set-tree.ts';
import type { MapContext, MapFinding } from '../edi/map.ts';
import { inSet } from '../edi/rule.ts';
import { LoopSource, type SegmentSource } from '../edi/set-source.ts';
import { sum } from './pictures.ts';
import { StatedSums, type SumName } from './stated-sums.ts';

/** Elements of TOT and what of the TLRs they sum up: FASE, FASI, FVAT, FPSE, FPSI. */
const TOTALS: readonly (readonly [number, SumName])[] = [
  [1, 'net'],
  [2, 'afterSettlement'],
  [3, 'vat'],
  [4, 'payable'],
  [5, 'payableInTime'],
];

/** Adds up the details of one file, as their trailers state them, and holds the trailer of the file against that. */
export class FileSums {
  readonly #sums = new Map<SumName, Big>();
  #details = 0;

  add(detail: SetLoop, context: MapContext): void {
    this.#details += 1;
    const work = { ...context, tell: () => undefined };
    for (const tlr of new LoopSource(detail).segments('TLR')) {
      const stated = new StatedSums(tlr, work);
      for (const [, name] of TOTALS) this.#sums.set(name, this.#of(name).plus(stated.of(name)));
    }
  }

  /** What ORDTLR (OFT) or INVTLR (TOT) states otherwise, with both sums. */
  check(trailer: SetLoop, context: MapContext): MapFinding[] {
    const from = new LoopSource(trailer);
    const counts = [
      ...from.segments('OFT').map((oft) => [oft, 1] as const),
      ...from.segments('TOT').map((tot) => [tot, 6] as const),
    ];
    return [
      ...counts.flatMap(([segment, element]) => this.#checkCount(segment, element)),
      ...from
        .segments('TOT')
        .flatMap((tot) => TOTALS.flatMap(([element, name]) => this.#checkSum(tot, element, name, context))),
    ];
  }

  #checkCount(segment: SegmentSource, element: number): MapFinding[] {
    const stated = segment.see(element);
    if (stated === '' || Number(stated) === this.#details) return [];
    const message = `The file has ${this.#details} documents, its trailer counts otherwise.`;
    return [{ ...inSet(segment, element), severity: 'reject', code: 'count-differs', message }];
  }

  #checkSum(tot: SegmentSource, element: number, name: SumName, context: MapContext): MapFinding[] {
    const stated = sum.read(tot.see(element), context);
    const reckoned = this.#of(name);
    if (stated === undefined || reckoned.minus(stated).abs().lte(context.terms.tolerance)) return [];
    const message = `The file comes to ${reckoned.toFixed(2)} here, it says ${new Big(stated).toFixed(2)}.`;
    return [{ ...inSet(tot, element), severity: 'reject', code: 'sums-differ', message }];
  }

  #of(name: SumName): Big {
    return this.#sums.get(name) ?? new Big(0);
  }
}
