import type { Standard } from '../edi/header.ts';

/**
 * Which of two releases came first: negative for the first. Directories of UN/EDIFACT count years by two digits, from 90;
 * CONTRL counts by the syntax it is for, `D.3` and then `4.1`.
 */
export function compareReleases(standard: Standard, one: string, other: string): number {
  const [first, second] = [orderOf(standard, one), orderOf(standard, other)];
  return first < second ? -1 : first > second ? 1 : 0;
}

function orderOf(standard: Standard, release: string): string {
  if (standard === 'TRADACOMS') return release.padStart(4, '0');
  const [, syntax] = /^D\.(\d)$/.exec(release) ?? [];
  if (standard === 'EDIFACT' && syntax !== undefined) return syntax;
  const [, year = '', rest = ''] = /^D\.(\d\d)(.*)$/.exec(release) ?? [];
  if (standard !== 'EDIFACT' || year === '') return release;
  return `${year < '90' ? '20' : '19'}${year}${rest}`;
}
