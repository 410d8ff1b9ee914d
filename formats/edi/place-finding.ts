import type { Finding, Severity } from './finding.ts';
import { FINDING_RULES, type FindingCode, x12Code } from './finding-codes.ts';
import type { Standard } from './header.ts';
import type { FoundAt } from './set-checker.ts';
import type { EdiSettings } from './settings.ts';

/** Where something was found; what is left out is 0 or ''. */
export interface Place extends FoundAt {
  readonly offset: number;
  readonly segment?: number;
  readonly value?: string;
}

/** Makes findings for one file: severity as agreed, acknowledgment code of the standard and release at hand. */
export class FindingMaker {
  readonly #severities: NonNullable<EdiSettings['severities']>;
  standard: Standard | undefined;
  /** The release whose codes are sent: the first six characters of GS08. */
  release = '004010';

  constructor(severities: EdiSettings['severities'] = {}) {
    this.#severities = severities;
  }

  make(code: FindingCode, place: Place): Finding {
    const rule = FINDING_RULES[code];
    const { layer = rule.layer, message = rule.message, offset } = place;
    const { segment = 0, tag = '', element = 0, component = 0, repetition = 0, value = '' } = place;
    const severity = this.severityOf(code);
    const ackCode = severity === 'note' ? null : this.#ackCode(code);
    const at = { offset, segment, tag, element, component, repetition };
    return { layer, severity, code, ackCode, ...at, message, value };
  }

  severityOf(code: FindingCode): Severity {
    return this.#severities[code] ?? FINDING_RULES[code].severity;
  }

  #ackCode(code: FindingCode): string | null {
    if (this.standard === 'X12') return x12Code(code, this.release);
    return this.standard === 'EDIFACT' ? (FINDING_RULES[code].edifact ?? null) : null;
  }
}
