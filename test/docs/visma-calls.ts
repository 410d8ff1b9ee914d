import { readFile } from 'node:fs/promises';

const PAGE = new URL('../../docs/integrations/visma.md', import.meta.url);
/** `| supplier | GET /v1/supplier | 1 | …`. */
const ROW = /^\| `(\w+)` \| `(GET [^`]+)` \| (\d+) \|/gm;

/** The calls that one poll of each entity costs by the page's table, by method and path; `{name}` in a path is filled in. */
export async function callsOfPage(names: Readonly<Record<string, string>>): Promise<Record<string, number>> {
  const rows = (await readFile(PAGE, 'utf8')).matchAll(ROW);
  return Object.fromEntries(
    [...rows].map(([, , call = '', count]) => [
      call.replace(/\{(\w+)\}/g, (_, name: string) => names[name] ?? ''),
      Number(count),
    ]),
  );
}
