import { type Finding, verdictOf } from './finding.ts';

/** The findings of one set, group or interchange while it is open. Beyond the limit they count but are not kept. */
export class Tally {
  readonly #limit: number;
  readonly #kept: Finding[] = [];
  #verdict: 'A' | 'E' | 'R' = 'A';

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(finding: Finding): void {
    if (this.#verdict !== 'R') {
      const verdict = verdictOf([finding]);
      if (verdict !== 'A') this.#verdict = verdict;
    }
    if (this.#kept.length < this.#limit) this.#kept.push(finding);
  }

  get verdict(): 'A' | 'E' | 'R' {
    return this.#verdict;
  }

  get findings(): readonly Finding[] {
    return this.#kept;
  }
}
