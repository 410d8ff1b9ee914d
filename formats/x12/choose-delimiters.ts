import { Failure } from '../../failures/failure.ts';
import type { Delimiters } from '../edi/delimiters.ts';

const CANDIDATES = { element: '*|\x1d', component: '>:\\\x1f', repetition: '^`\x1e', terminator: '~\x1c\n' } as const;

/**
 * Delimiters that stand in none of the values, the usual ones first: X12 has no escape, so they are chosen before writing.
 *
 * @throws Failure EDI_VALUE_UNWRITABLE when the values use up all candidates
 */
export function chooseX12Delimiters(values: Iterable<string>, version: string): Delimiters {
  const used = new Set<string>();
  for (const value of values) for (const letter of value) used.add(letter);
  const choose = (candidates: string) => {
    const found = [...candidates].find((letter) => !used.has(letter));
    if (found !== undefined) return found.charCodeAt(0);
    throw new Failure('EDI_VALUE_UNWRITABLE', { message: 'The values hold all characters that could be delimiters.' });
  };
  return {
    element: choose(CANDIDATES.element),
    component: choose(CANDIDATES.component),
    repetition: version >= '00402' ? choose(CANDIDATES.repetition) : 0,
    terminator: choose(CANDIDATES.terminator),
    release: 0,
    tag: 0,
    newline: '',
  };
}
