import { ApiRefusal } from './answers.ts';
import type { Settings } from './settings.ts';
import type { Row } from './table.ts';

/** The ETag header of a row: its `timeStamp`, quoted. */
export function entityTag(row: Row): string {
  return `"${row.timeStamp}"`;
}

/**
 * Holds an optional If-Match against a row. Absent means the last write wins: there is no 428.
 *
 * Throws ApiRefusal 412 when the row has moved on, and 400 in strict mode when the value is not quoted.
 */
export function checkIfMatch(header: string | undefined, row: Row, label: string, settings: Settings): void {
  if (header === undefined) return;
  const quoted = /^"([^"]+)"$/.exec(header);
  if (quoted === null && settings.mode === 'strict') throw new ApiRefusal(400, 'If-Match must be a quoted time stamp.');
  const sent = quoted?.[1] ?? header;
  if (sent !== row.timeStamp) throw new ApiRefusal(412, `${label} version does not match with If-Match header`);
}
