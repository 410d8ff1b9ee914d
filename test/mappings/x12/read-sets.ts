import { writtenElements } from '../../../formats/edi/elements.ts';
import { readEdi } from '../../../formats/edi/read-edi.ts';
import type { KeptSegment, SetLoop } from '../../../formats/edi/set-tree.ts';
import { kept, nest } from '../edi/nest.ts';
import { NESTINGS } from './nestings.ts';

/** The sets of a file, as trees. */
export async function setsIn(bytes: Buffer): Promise<{ type: string; tree: SetLoop }[]> {
  const sets: { type: string; segments: KeptSegment[] }[] = [];
  await readEdi([bytes], {}, (event) => {
    if (event.kind === 'set-opened') sets.push({ type: event.set.type, segments: [] });
    if (event.kind !== 'segment' || event.position === 0) return;
    const { tag, offset } = event.segment;
    const [, segment] = kept([{ tag, elements: writtenElements(event.segment) }], {
      tag,
      position: 0,
      offset: 0,
      elements: [],
    });
    sets.at(-1)!.segments.push({ ...segment!, position: event.position, offset });
  });
  return sets.map(({ type, segments }) => ({ type, tree: nest(segments, NESTINGS[type]!) }));
}
