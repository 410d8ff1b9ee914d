import type { VismaSegment } from '../../connectors/visma/schema/dimension.ts';

/** One segment of a subaccount. */
export interface Segment {
  readonly segmentId: number;
  readonly segmentValue: string;
}

/**
 * A subaccount's number cut into the segments of its dimension: at signs that are no letters or digits where there are as
 * many parts as segments, else by the lengths of the segments. Undefined when it fits neither way.
 */
export function splitSubaccount(number: string, segments: readonly VismaSegment[]): Segment[] | undefined {
  const ordered = [...segments].sort((a, b) => a.segmentId - b.segmentId);
  const parts = number.trim().split(/[^\p{L}\p{N}]+/u);
  if (parts.length === ordered.length) {
    return ordered.map(({ segmentId }, index) => ({ segmentId, segmentValue: parts[index] ?? '' }));
  }
  const joined = parts.join('');
  const total = ordered.reduce((sum, { length }) => sum + (length ?? 0), 0);
  if (joined.length !== total) return undefined;
  let from = 0;
  return ordered.map(({ segmentId, length }) => {
    const segmentValue = joined.slice(from, from + (length ?? 0));
    from += length ?? 0;
    return { segmentId, segmentValue };
  });
}

/** Whether the segment takes this value: it is there and active, or the segment takes any. */
export function takesValue({ validate, segmentValues }: VismaSegment, value: string): boolean {
  if (validate === false) return true;
  const known = segmentValues?.find(({ valueId }) => valueId.trim().toUpperCase() === value.toUpperCase());
  return known !== undefined && known.active !== false;
}
