import { type Finding, type Severity, verdictOf } from './finding.ts';

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
    if (this.#verdict !== 'R') {
      const verdict = verdictOf([finding]);
      if (verdict !== 'A') this.#verdict = verdict;
    }
    if (this.#left[finding.severity] === 0) return;
    this.#left[finding.severity] -= 1;
    this.#kept.push(finding);
  }

  get verdict(): 'A' | 'E' | 'R' {
    return this.#verdict;
  }

  get findings(): readonly Finding[] {
    return this.#kept;
  }
}
