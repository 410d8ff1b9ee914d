import type { RowGroup } from './groups.ts';

/** Keys whose rows do not stand together in a file: a document that was cut in two would be posted in parts. */
export async function scatteredKeys(groups: AsyncIterable<RowGroup>): Promise<ReadonlySet<string>> {
  const seen = new Set<string>();
  const scattered = new Set<string>();
  for await (const { key } of groups) {
    if (key === undefined) continue;
    if (seen.has(key)) scattered.add(key);
    seen.add(key);
  }
  return scattered;
}

/** Scattered keys per file: a file is looked through once for all of its pages. */
export class Scattered {
  #last: { readonly file: string; readonly keys: ReadonlySet<string> } | undefined;

  /** The scattered keys of a file. `groups` reads it from its beginning. */
  async of(file: string, groups: () => AsyncIterable<RowGroup>): Promise<ReadonlySet<string>> {
    if (this.#last?.file === file) return this.#last.keys;
    const keys = await scatteredKeys(groups());
    this.#last = { file, keys };
    return keys;
  }
}
