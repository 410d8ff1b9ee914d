import { keySegment } from '../keys.ts';
import type { SegmentValue, VismaDimension, VismaSegment } from '../schema/dimension.ts';

const PATH = '/v1/dimension';

/** A value is unique within its segment. */
export function segmentValueKey({ dimension, segmentId, valueId }: SegmentValue): string {
  return `${dimension}/${segmentId}/${valueId}`;
}

export function dimensionPath(dimension?: string): string {
  return dimension === undefined ? PATH : `${PATH}/${keySegment(dimension)}`;
}

export function segmentPath(dimension: string, segmentId: number): string {
  return `${dimensionPath(dimension)}/${segmentId}`;
}

export function valuesOf(dimension: string, { segments }: VismaDimension): SegmentValue[] {
  return (segments ?? []).flatMap((segment) => segmentValues(dimension, segment));
}

function segmentValues(dimension: string, { segmentId, segmentValues }: VismaSegment): SegmentValue[] {
  return (segmentValues ?? []).map(({ valueId, description, publicId, active, lastModified, timeStamp }) => ({
    dimension,
    segmentId,
    valueId,
    description,
    publicId,
    active,
    lastModifiedDateTime: lastModified,
    timeStamp,
  }));
}
