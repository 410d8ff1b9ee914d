import type { WrittenElement } from '../edi/segment-writer.ts';
import type { WrittenSegment } from '../edi/set-tree.ts';
import { type X12Profile, X12Writer } from './write-x12.ts';

/** A set that is to be sent: what stands between ST and SE. */
export interface SetToWrite {
  readonly type: string;
  /** GS01. */
  readonly functionalId: string;
  readonly segments: readonly WrittenSegment[];
}

export interface X12Numbers {
  readonly interchange: number;
  /** Of the first group; the next ones follow. */
  readonly group: number;
}

/** Who GS names, and in which release. */
export interface X12GroupParties {
  readonly sender: string;
  readonly receiver: string;
  readonly release: string;
}

/**
 * Writes sets as one interchange: those of one functional id in one group, in the order in which they come.
 *
 * @throws Failure EDI_VALUE_UNWRITABLE
 */
export function writeX12Sets(
  sets: readonly SetToWrite[],
  profile: X12Profile,
  { sender, receiver, release }: X12GroupParties,
  numbers: X12Numbers,
  at: Date,
): Buffer {
  const writer = new X12Writer(profile, numbers.interchange, at);
  const groups = Map.groupBy(sets, ({ functionalId }) => functionalId);
  let control = numbers.group;
  for (const [functionalId, members] of groups) {
    writer.openGroup({ functionalId, sender, receiver, control, version: release });
    for (const { type, segments } of members) {
      writer.openSet(type);
      for (const { tag, elements } of segments) writer.segment(tag, elements);
      writer.closeSet();
    }
    writer.closeGroup();
    control += 1;
  }
  writer.closeInterchange();
  return writer.take();
}

/** All values of a set, for choosing delimiters that stand in none of them. */
export function valuesOf(segments: readonly WrittenSegment[]): string[] {
  return segments.flatMap(({ elements }) => elements.flatMap(valuesIn));
}

function valuesIn(element: WrittenElement): string[] {
  if (typeof element === 'string') return [element];
  return 'repetitions' in element ? element.repetitions.flatMap((one) => [one].flat()) : [...element];
}
