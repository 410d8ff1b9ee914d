import type { Segment } from './segment.ts';

/** Remembers the control numbers of one file, as many as the limit allows, to find repeated ones. */
export class ControlNumbers {
  #left: number;

  constructor(limit: number) {
    this.#left = limit;
  }

  /** Whether a scope has this number already; if not, it has it from now on. */
  isRepeated(scope: Set<string>, control: string): boolean {
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
