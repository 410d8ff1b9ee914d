/**
 * Writes the part of docs/errors.md that repeats the catalogue of failures: `node test/docs/errors-page.ts`. What stands
 * above the mark is written by hand and stays.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { catalogue, FAILURE_TYPES } from '../../failures/catalogue.ts';

export const ERRORS_PAGE = fileURLToPath(new URL('../../docs/errors.md', import.meta.url));
const MARK = '<!-- Written from failures/catalogue.ts by test/docs/errors-page.ts -->';

/** One code as the page shows it. */
export interface ShownCode {
  readonly code: string;
  readonly type: string;
  readonly when: string;
  readonly next: string;
}

/** The catalogue as the page should show it: by type, and in the catalogue's order within one. */
export function codesToShow(): ShownCode[] {
  const codes = Object.entries(catalogue).map(([code, row]) => ({ code, ...row }));
  return FAILURE_TYPES.flatMap((type) => codes.filter((one) => one.type === type));
}

/** Reads back what a page shows. */
export function codesShown(page: string): ShownCode[] {
  const [, ...sections] = page.split(/^## /m);
  return sections.flatMap((section) => {
    const type = section.slice(0, section.indexOf('\n'));
    const codes = section.matchAll(/^### (\w+)\n\n(.+)\n\nNext: (.+)$/gm);
    return [...codes].map(([, code = '', when = '', next = '']) => ({ code, type, when, next }));
  });
}

function rendered(codes: readonly ShownCode[]): string {
  return [...Map.groupBy(codes, ({ type }) => type)]
    .map(([type, members]) => {
      const sections = members.map(({ code, when, next }) => `### ${code}\n\n${when}\n\nNext: ${next}\n`);
      return `## ${type}\n\n${sections.join('\n')}`;
    })
    .join('\n');
}

if (import.meta.main) {
  const [prose] = (await readFile(ERRORS_PAGE, 'utf8')).split(MARK);
  await writeFile(ERRORS_PAGE, `${prose}${MARK}\n\n${rendered(codesToShow())}`);
}
