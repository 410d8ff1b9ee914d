import type { AckStatement } from './acknowledgment.ts';
import type { EdiEvent } from './events.ts';
import type { Finding } from './finding.ts';

/**
 * Statements of an acknowledgment, held until its interchange has closed: only then is it known whether the acknowledgment
 * itself stands. Those of a set, group or interchange that is rejected come out as damaged.
 */
export class HeldStatements {
  #ofSet: AckStatement[] = [];
  #ofGroup: AckStatement[] = [];
  #ofInterchange: AckStatement[] = [];

  /** Holds what a segment of the set that is open said. */
  add(statements: readonly AckStatement[]): void {
    this.#ofSet.push(...statements);
  }

  /** Holds what a segment of the interchange said that stands outside of any set. */
  addToInterchange(statement: AckStatement): void {
    this.#ofInterchange.push(statement);
  }

  /** The statements that are due when this has closed. */
  close(event: EdiEvent): AckStatement[] {
    if (event.kind === 'set-closed') {
      this.#ofGroup.push(...marked(this.#ofSet, event.set.verdict === 'R'));
      this.#ofSet = [];
    } else if (event.kind === 'group-closed') {
      this.#ofInterchange.push(...marked(this.#ofGroup, event.group.findings.some(rejects)));
      this.#ofGroup = [];
    } else if (event.kind === 'interchange-closed') {
      const due = marked(this.#ofInterchange, event.interchange.verdict === 'R');
      this.#ofInterchange = [];
      return due;
    }
    return [];
  }
}

function marked(statements: readonly AckStatement[], isDamaged: boolean): AckStatement[] {
  return statements.map((statement) => (isDamaged ? { ...statement, isDamaged } : statement));
}

function rejects({ severity }: Finding): boolean {
  return severity === 'reject';
}
