import type { KeptSegment, SetLoop, WrittenSegment } from '../../../formats/edi/set-tree.ts';

/** Loops by their trigger, with the tags that stand in them beside it and the loops within. */
export interface Nesting {
  readonly tags: string;
  readonly loops?: Readonly<Record<string, Nesting>>;
}

interface Open {
  readonly id: string;
  readonly nesting: Nesting;
  readonly segments: KeptSegment[];
  readonly loops: Open[];
}

/** Segments as a tree: a segment goes to the innermost open loop that knows it. */
export function nest(segments: readonly KeptSegment[], nesting: Nesting): SetLoop {
  const root: Open = { id: '', nesting, segments: [], loops: [] };
  let open = [root];
  for (const segment of segments) {
    const depth = open.findLastIndex(
      ({ nesting: { tags, loops = {} } }) => segment.tag in loops || tags.split(' ').includes(segment.tag),
    );
    if (depth === -1) throw new Error(`No place for ${segment.tag} at ${segment.position}.`);
    open = open.slice(0, depth + 1);
    const holder = open[depth]!;
    const inner = holder.nesting.loops?.[segment.tag];
    if (inner === undefined) holder.segments.push(segment);
    else {
      const made: Open = { id: segment.tag, nesting: inner, segments: [segment], loops: [] };
      holder.loops.push(made);
      open.push(made);
    }
  }
  return root;
}

/** What was written, as if it had been read. */
export function kept(written: readonly WrittenSegment[], header: KeptSegment): KeptSegment[] {
  return [
    header,
    ...written.map(({ tag, elements }, index) => ({
      tag,
      position: index + 2,
      offset: 0,
      elements: elements.map(asKept),
    })),
  ];
}

function asKept(element: WrittenSegment['elements'][number]): string[][] {
  if (typeof element === 'string') return [[element]];
  return 'repetitions' in element ? element.repetitions.map((one) => [one].flat()) : [[...element]];
}
