import { digitsIn } from './digits.ts';
import type { Segment } from './segment.ts';

/** As many digits as a control number of X12 has, and no more than a small integer holds. */
const MOST_DIGITS = 9;

/**
 * The control numbers of one group or interchange. A run of them that follow one another from the first on, as nearly all do, is kept as
 * its first number and the next one; others are kept as text.
 */
export class ControlScope {
  #width = 0;
  #first = 0;
  #next = 0;
  readonly #others = new Set<string>();

  has(control: string): boolean {
    const number = this.#numberOf(control);
    return (number >= this.#first && number < this.#next) || this.#others.has(control);
  }

  add(control: string): void {
    if (this.#next === this.#first) this.#begin(control);
    if (this.#numberOf(control) === this.#next) this.#next += 1;
    else this.#others.add(control);
  }

  #begin(control: string): void {
    this.#width = control.length;
    this.#first = Math.max(this.#numberOf(control), 0);
    this.#next = this.#first;
  }

  /** The number that is written with as many zeros as the first one; -1 for anything else. */
  #numberOf(control: string): number {
    const isWritten = control.length === this.#width || (control.length > this.#width && control[0] !== '0');
    if (!isWritten || control.length > MOST_DIGITS) return -1;
    return digitsIn(control);
  }
}

/** Remembers the control numbers of one file, as many as the limit allows, to find repeated ones. */
export class ControlNumbers {
  #left: number;

  constructor(limit: number) {
    this.#left = limit;
  }

  /** Whether a scope has this number already; if not, it has it from now on. */
  isRepeated(scope: Pick<ControlScope, 'has' | 'add'>, control: string): boolean {
    if (control === '') return false;
    if (scope.has(control)) return true;
    if (this.#left > 0) {
      this.#left -= 1;
      scope.add(control);
    }
    return false;
  }
}

/** The count that a trailer claims; null when there is no number. Leading zeros are let pass. */
export function claimedCount(trailer: Segment): number | null {
  const text = trailer.value(1).trim();
  return /^\d{1,9}$/.test(text) ? Number(text) : null;
}

/** Control numbers are compared as text first; the same number with other zeros is told apart from another number. */
export function compareControls(opened: string, closed: string): 'same' | 'other-zeros' | 'different' {
  if (opened.trim() === closed.trim()) return 'same';
  return isSameNumber(opened.trim(), closed.trim()) ? 'other-zeros' : 'different';
}

/** Whether two texts are the same number, whatever zeros stand before it. As text: a number may be as long as a file. */
export function isSameNumber(one: string, other: string): boolean {
  if (!/^\d+$/.test(one) || !/^\d+$/.test(other)) return false;
  return one.replace(/^0+/, '') === other.replace(/^0+/, '');
}
