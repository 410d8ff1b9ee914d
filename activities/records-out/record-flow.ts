import { RECORD_ENTITIES, type RecordEntity, type VismaRecord } from '../../connectors/visma/records.ts';
import { writeCsv } from '../../formats/csv/write-csv.ts';
import { contentHash } from '../../mappings/canonical/content-hash.ts';
import { recordHeader, recordToRows } from '../../mappings/csv/record.ts';
import type { FlowOf } from '../configuration.ts';

export type RecordsOut = FlowOf<'records-out'>;

/** The entity that a flow reads. */
export function entityOf({ flow }: RecordsOut): RecordEntity {
  return RECORD_ENTITIES[flow.source.entity];
}

/** The rows that a record is for the partner. */
export function rowsOf(config: RecordsOut, record: VismaRecord): string[][] {
  const { rows, format } = config.flow;
  return recordToRows(record, rows, entityOf(config).lines, format);
}

/** What makes a version of a record: a change that shows in none of the flow's columns is none. */
export function contentOf(rows: readonly (readonly string[])[]): Buffer {
  return Buffer.from(contentHash(rows), 'hex');
}

/**
 * Passes when the partner's format can hold the rows: one record with a character that the encoding lacks must not keep the
 * file of all the others from being written. @throws Failure CSV_CELL_UNENCODABLE
 */
export async function assertWritable({ flow }: RecordsOut, rows: readonly (readonly string[])[]): Promise<void> {
  for await (const _ of writeCsv(rows, flow.format, recordHeader(flow.rows)));
}
