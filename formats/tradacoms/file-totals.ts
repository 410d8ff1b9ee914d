import type { Segment } from '../edi/segment.ts';
import type { ReportFound, SetAt, SetChecker } from '../edi/set-checker.ts';
import { Sums } from './sums.ts';

/** Elements of STL that later segments sum up: LVLA, QYDA, VLDA, SURA, SSUB, EVLA, SEDA, ASDA, VATA, APSE, APSI. */
const SUMMED = [5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15] as const;
/** Of those, the ones that VRS (from its fourth element on) and TOT (from its first on) repeat: EVLA, ASDA, VATA, APSE, APSI. */
const SUMMED_BY_RATE = [10, 12, 13, 14, 15] as const;

/**
 * Checks the totals of TRADACOMS order and invoice files: TLR against the STLs of its invoice, VRS and TOT against those of the
 * file, and the number of orders (OFT) and invoices (TOT). Amounts are whole numbers of pence; a total that is left out,
 * or sums up what some STL leaves out, is not checked.
 */
export class FileTotals implements SetChecker {
  readonly #report: ReportFound;
  #details = 0;
  #rates = 0;
  #ofInvoice = new Sums();
  #ofFile = new Sums();
  #byRate = new Map<string, Sums>();

  constructor(report: ReportFound) {
    this.#report = report;
  }

  open({ set }: SetAt): void {
    if (set.type === 'ORDHDR' || set.type === 'INVFIL') this.#beginFile();
    else if (set.type === 'ORDERS' || set.type === 'INVOIC') this.#details += 1;
    this.#rates = 0;
    this.#ofInvoice = new Sums();
  }

  take(segment: Segment): void {
    const { tag } = segment;
    if (tag === 'STL') this.#addRate(segment);
    else if (tag === 'TLR') this.#checkInvoice(segment);
    else if (tag === 'VRS') this.#checkRate(segment);
    else if (tag === 'TOT') this.#checkFile(segment);
    else if (tag === 'OFT') this.#checkCount(segment, 1);
  }

  close(): void {}

  #beginFile(): void {
    this.#details = 0;
    this.#ofFile = new Sums();
    this.#byRate = new Map();
  }

  #addRate(stl: Segment): void {
    const key = rateOf(stl);
    const ofRate = this.#byRate.get(key) ?? new Sums();
    if (this.#byRate.size < MOST_RATES) this.#byRate.set(key, ofRate);
    this.#rates += 1;
    for (const sums of [this.#ofInvoice, this.#ofFile, ofRate]) {
      for (const element of SUMMED) sums.add(element, stl.value(element));
    }
  }

  /** NSTL counts the STLs; each total stands three places before what it sums up. */
  #checkInvoice(tlr: Segment): void {
    if (tlr.isPresent(1) && Number(tlr.value(1)) !== this.#rates) this.#report('total-differs', { element: 1 });
    for (const element of SUMMED) {
      const place = element - 3;
      if (this.#ofInvoice.differs(element, tlr.value(place))) this.#report('total-differs', { element: place });
    }
  }

  #checkRate(vrs: Segment): void {
    const sums = this.#byRate.get(rateOf(vrs)) ?? new Sums();
    if (this.#byRate.size === MOST_RATES) return;
    this.#checkSums(sums, vrs, 4);
  }

  #checkFile(tot: Segment): void {
    this.#checkSums(this.#ofFile, tot, 1);
    this.#checkCount(tot, 6);
  }

  #checkSums(sums: Sums, segment: Segment, first: number): void {
    for (const [index, element] of SUMMED_BY_RATE.entries()) {
      const place = first + index;
      if (sums.differs(element, segment.value(place))) this.#report('file-total-differs', { element: place });
    }
  }

  #checkCount(segment: Segment, element: number): void {
    if (segment.isPresent(element) && Number(segment.value(element)) !== this.#details) {
      this.#report('file-total-differs', { element });
    }
  }
}

/** Code and rate of VAT (VATC, VATP), in STL and VRS at the same places. There are few; a file that has more is not checked by them. */
const MOST_RATES = 1000;

function rateOf(segment: Segment): string {
  return `${segment.value(2)} ${segment.value(3).replace(/^0+(?=\d)/, '')}`;
}
