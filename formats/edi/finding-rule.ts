import type { Layer, Severity } from './finding.ts';

/** Where the X12 acknowledgments report it: TA1, AK9, AK5, AK3 or AK4. */
export type AckLevel = 'interchange' | 'group' | 'set' | 'segment' | 'element';

/** What is said about one kind of finding, and by which code the acknowledgments name it. */
export interface FindingRule {
  readonly layer: Layer;
  readonly severity: Severity;
  readonly message: string;
  /** Level, code in 004010, and the code from 005010 on where it is another one. */
  readonly x12?: readonly [level: AckLevel, code: string, from005010?: string];
  /** Data element 0085 of CONTRL. */
  readonly edifact?: string;
}
