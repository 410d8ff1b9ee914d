import type { ShipNode } from '../canonical/ship-notice.ts';
import type { Codec } from './codec.ts';
import type { Draft } from './draft.ts';
import type { MapFinding } from './map.ts';
import { inDocument, type Work } from './rule.ts';

const DIGITS = /^\d{18}$/;

/** The number of a logistic unit. Some write the application identifier 00 before it, as the bar code has it. */
export const sscc: Codec = {
  form: { kind: 'pattern', pattern: DIGITS },
  unfit: 'refuse',
  read(written) {
    const digits = /^00\d{18}$/.test(written) ? written.slice(2) : written;
    return DIGITS.test(digits) ? digits : undefined;
  },
  write: (value) => ({ text: value }),
};

/** Tells of each number in a tree whose check digit is wrong. */
export function checkSsccs(
  nodes: readonly Draft<ShipNode>[],
  severity: MapFinding['severity'],
  work: Work,
  at = 'contents',
): void {
  for (const [index, node] of nodes.entries()) {
    const digits = node.get('sscc');
    const path = `${at}[${index}]`;
    if (digits !== undefined && !hasCheckDigit(digits)) {
      const message = 'The check digit of an SSCC is wrong.';
      work.tell({ ...inDocument(`${path}.sscc`), severity, code: 'check-digit-wrong', message });
    }
    checkSsccs(node.items('contents'), severity, work, `${path}.contents`);
  }
}

/** Whether the last digit is the check digit of GS1: the others weighted 3 and 1 in turn, from the right, up to the next ten. */
function hasCheckDigit(digits: string): boolean {
  const sum = [...digits.slice(0, -1)]
    .reverse()
    .reduce((all, digit, at) => all + Number(digit) * (at % 2 === 0 ? 3 : 1), 0);
  return (10 - (sum % 10)) % 10 === Number(digits.at(-1));
}
