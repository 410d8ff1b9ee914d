import { type Document, isCollection, isMap, isPair, isScalar, isSeq, type Node, type Pair } from 'yaml';
import { unitOf } from './units.ts';

/** Keys of groups and indexes of lists, from the root to a setting. Keys may be those of the file or those of the code. */
export type Path = readonly PropertyKey[];

/** Where a setting begins in the text, or its key; where there is none, the key of the innermost group around it. */
export function offsetOf(document: Document.Parsed, path: Path, part: 'key' | 'value'): number {
  let node: unknown = document.contents;
  let offset = startOf(node);
  for (const [depth, key] of path.entries()) {
    const step = stepInto(node, key);
    if (step === undefined) return offset;
    const isTarget = depth === path.length - 1;
    offset = startOf(isTarget && part === 'value' && !isBlock(step.value) ? step.value : step.key);
    node = step.value;
  }
  return offset;
}

/** The keys and indexes that lead to the last of these nodes, as a visitor meets them. */
export function pathOf(nodes: readonly unknown[]): Path {
  return nodes.flatMap((node, index): PropertyKey[] => {
    if (isPair(node)) return [keyText(node)];
    const next = nodes[index + 1];
    return isSeq(node) ? [node.items.indexOf(next)] : [];
  });
}

function stepInto(node: unknown, key: PropertyKey): { key: unknown; value: unknown } | undefined {
  if (isSeq(node)) {
    const item = node.items[Number(key)];
    return item === undefined ? undefined : { key: item, value: item };
  }
  if (!isMap(node)) return undefined;
  const pair = pairOf(node.items, String(key));
  return pair === undefined ? undefined : { key: pair.key, value: pair.value ?? pair.key };
}

function pairOf(pairs: readonly Pair[], key: string): Pair | undefined {
  return pairs.find((pair) => keyText(pair) === key) ?? pairs.find((pair) => keyText(pair) === unitOf(key)?.name);
}

function keyText(pair: Pair): string {
  return isScalar(pair.key) ? String(pair.key.value) : '';
}

/** A group over several lines begins at its first key; what is said about it belongs to its own key. */
function isBlock(node: unknown): boolean {
  return isCollection(node) && node.flow !== true;
}

function startOf(node: unknown): number {
  return (node as Node | null)?.range?.[0] ?? 0;
}
