import type { Finding } from '../../../formats/edi/finding.ts';
import { BUILT_IN_TABLES } from '../../../formats/tables/built-in.ts';
import { type SetProfile, TableShelf } from '../../../formats/tables/shelf.ts';
import { checkerOf } from '../../../formats/tables/table-checker.ts';
import { tell } from '../edi/samples.ts';

/** What a file is found to have by the tables of the product, notes left out: `code TAG01.2 segment`. */
export async function findingsIn(file: string, profiles: Readonly<Record<string, SetProfile>> = {}): Promise<string[]> {
  return (await toldOf(file, profiles)).filter(({ severity }) => severity !== 'note').map(inShort);
}

/** What is only noted. */
export async function notesIn(file: string): Promise<string[]> {
  return (await toldOf(file, {})).filter(({ severity }) => severity === 'note').map(inShort);
}

async function toldOf(file: string, profiles: Readonly<Record<string, SetProfile>>): Promise<readonly Finding[]> {
  return (await tell(file, { checker: checkerOf(new TableShelf(BUILT_IN_TABLES, profiles)) })).findings;
}

function inShort({ code, tag, element, component, segment }: Finding): string {
  const place = element === 0 ? '' : String(element).padStart(2, '0');
  return `${code} ${tag}${place}${component === 0 ? '' : `.${component}`} ${segment}`;
}

/** One segment changed, left out (no replacements) or replaced by several. */
export function changed(lines: readonly string[], from: string, ...to: readonly string[]): string[] {
  const at = lines.indexOf(from);
  if (at === -1) throw new Error(`no segment ${from}`);
  return lines.toSpliced(at, 1, ...to);
}
