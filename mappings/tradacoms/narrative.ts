import type { Part } from '../edi/rule.ts';
import { wrapped } from '../edi/wrapped-text.ts';

interface Noted {
  readonly note?: string | undefined;
}

/** GNAR: four lines of free text. */
export function narrative(element: number): Part<Noted> {
  return wrapped<Noted>({ path: 'note', element, count: 4, width: 40 });
}

/** TDES: two lines. */
export function tradedUnit(element: number): Part<{ readonly description?: string | undefined }> {
  return wrapped<{ readonly description?: string | undefined }>({ path: 'description', element, count: 2, width: 40 });
}
