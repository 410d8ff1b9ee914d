import type { Page } from '../connectors/visma/pages.ts';

/** Every page of a list, one after the other, from the first on. `total` is what the page before counted. */
export async function* everyPage<T>(
  read: (page: number, total: number | undefined) => Promise<Page<T>>,
): AsyncGenerator<Page<T>, void, void> {
  let total: number | undefined;
  for (let number = 1; ; number += 1) {
    const page = await read(number, total);
    yield page;
    if (!page.hasMore) return;
    total = page.totalCount;
  }
}
