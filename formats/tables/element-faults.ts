import type { FindingCode } from '../edi/finding-codes.ts';
import type { ConditionRule, ElementRule } from './segment-rule.ts';

/** What is wrong with elements. Component and repetition are 0 where the whole is meant. */
export interface ElementFaults {
  element(code: FindingCode, rule: ElementRule, element: number, component: number, repetition: number): void;
  /** Elements or components stand beyond the last one that the table lists. */
  beyond(code: FindingCode, element: number, component: number): void;
  condition(condition: ConditionRule, element: number, code: FindingCode): void;
}
