import { keySegment } from '../keys.ts';
import type { Versioned } from '../pages.ts';
import type { VismaDimension, VismaSegment } from '../schema/dimension.ts';

const PATH = '/v1/dimension';

/** One value of one segment of a dimension, with the stamp under the name it has everywhere else. */
export interface SegmentValue extends Versioned {
  readonly dimension: string;
  readonly segmentId: number;
  readonly valueId: string;
  readonly description: string | null | undefined;
  readonly publicId: string | null | undefined;
  readonly active: boolean | null | undefined;
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
