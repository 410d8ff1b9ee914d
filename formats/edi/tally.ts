import type { Finding, Severity } from './finding.ts';

/**
 * The findings of one set, group or interchange while it is open. Of each severity as many are kept as the limit says, so that
 * a flood of notes hides no reason to reject; the ones beyond count but are not kept.
 */
export class Tally {
  readonly #left: Record<Severity, number>;
  readonly #kept: Finding[] = [];
  #verdict: 'A' | 'E' | 'R' = 'A';

  constructor(limit: number) {
    this.#left = { reject: limit, 'accept-with-error': limit, note: limit };
  }

  add(finding: Finding): void {
    this.count(finding.severity);
    if (!this.keeps(finding.severity)) return;
    this.#left[finding.severity] -= 1;
    this.#kept.push(finding);
  }

  /** Whether another finding of a severity would be kept. One that would not need not be made: `count` is enough. */
  keeps(severity: Severity): boolean {
    return this.#left[severity] > 0;
  }

  /** Takes a finding into the verdict. */
  count(severity: Severity): void {
    if (severity === 'reject') this.#verdict = 'R';
    else if (severity === 'accept-with-error' && this.#verdict === 'A') this.#verdict = 'E';
  }

  get verdict(): 'A' | 'E' | 'R' {
    return this.#verdict;
  }

  get findings(): readonly Finding[] {
    return this.#kept;
  }
}
