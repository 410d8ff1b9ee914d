import type { EdiEvent } from '../../../formats/edi/events.ts';
import { readEdi } from '../../../formats/edi/read-edi.ts';
import type { SetLoop } from '../../../formats/edi/set-tree.ts';
import { BUILT_IN_TABLES } from '../../../formats/tables/built-in.ts';
import { SetTrees } from '../../../formats/tables/set-trees.ts';
import { TableShelf } from '../../../formats/tables/shelf.ts';

/** One EDIFACT interchange with one message of these segments. */
export function message(type: string, lines: readonly string[], release = 'D:96A:UN'): string {
  const body = lines.map((line) => `${line}'`).join('');
  const head = `UNB+UNOC:3+5790000000001:14+5790000000002:14+260101:1200+REF1'UNH+1+${type}:${release}'`;
  return `${head}${body}UNT+${lines.length + 2}+1'UNZ+1+REF1'`;
}

/** The trees of the sets in a file. */
export async function treesOf(file: string): Promise<SetLoop[]> {
  const trees = new SetTrees(new TableShelf(BUILT_IN_TABLES));
  const kept: SetLoop[] = [];
  await readEdi([Buffer.from(file, 'latin1')], {}, (event: EdiEvent) => {
    const set = trees.take(event);
    if (set !== undefined) kept.push(set.tree);
  });
  return kept;
}

/** Where each segment of a set stands: one line each, the loops it is in before it, with their number: `LIN1/ALC2/MOA+23`. */
export async function outline(file: string): Promise<string[]> {
  const [tree] = await treesOf(file);
  return tree === undefined
    ? []
    : placesIn(tree, '')
        .sort((one, other) => one.position - other.position)
        .map(({ place }) => place);
}

function placesIn(loop: SetLoop, path: string): { position: number; place: string }[] {
  const numbers = new Map<string, number>();
  const own = loop.segments.map(({ tag, position, elements }) => {
    return { position, place: `${path}${tag}+${elements[0]?.[0]?.[0] ?? ''}` };
  });
  const inner = loop.loops.flatMap((within) => {
    const number = (numbers.get(within.id) ?? 0) + 1;
    numbers.set(within.id, number);
    return placesIn(within, `${path}${within.id}${number}/`);
  });
  return [...own, ...inner];
}
