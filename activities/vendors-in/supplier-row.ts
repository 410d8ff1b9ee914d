import { Failure } from '../../failures/failure.ts';
import type { CsvRow } from '../../formats/csv/row.ts';
import type { DocumentRow } from '../../ledger/schema.ts';
import { contentHash } from '../../mappings/canonical/content-hash.ts';
import type { Supplier } from '../../mappings/canonical/supplier.ts';
import { supplierFromRow } from '../../mappings/csv/supplier.ts';
import type { FlowOf } from '../configuration.ts';

/** A row of a vendor file as the ledger needs it: its key, its content, and the supplier it stands for if it can be mapped. */
export interface SupplierRow {
  readonly key: string;
  readonly contentHash: Buffer;
  readonly supplier: Supplier | undefined;
}

type FileIdentity = Pick<DocumentRow, 'id' | 'contentHash'>;

/** The supplier a row stands for. @throws Failure with every problem of the row */
export function supplierOf(config: FlowOf<'vendors-in'>, row: CsvRow): Supplier {
  if ('failure' in row) throw row.failure;
  return supplierFromRow(row, config.flow.columns, config.flow.routing);
}

/** Reads a row as far as it goes. One that cannot be mapped keeps its key if that can be read, and fails in its own delivery. */
export function readSupplierRow(config: FlowOf<'vendors-in'>, file: FileIdentity, row: CsvRow): SupplierRow {
  try {
    const supplier = supplierOf(config, row);
    return { key: supplier.number, contentHash: Buffer.from(contentHash(supplier), 'hex'), supplier };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const content = 'cells' in row ? row.cells : { file: identityOf(file), record: row.record };
    return {
      key: keyOf(config, file, row),
      contentHash: Buffer.from(contentHash(content), 'hex'),
      supplier: undefined,
    };
  }
}

/** Rows without a readable key are the same again only in the same file. */
function identityOf(file: FileIdentity): string {
  return file.contentHash?.toString('hex') ?? file.id;
}

function keyOf(config: FlowOf<'vendors-in'>, file: FileIdentity, row: CsvRow): string {
  const source = config.flow.columns.number;
  const column = typeof source === 'string' ? source : source && 'column' in source ? source.column : undefined;
  const cell = column !== undefined && 'cells' in row ? row.cells[column]?.trim() : undefined;
  return cell ? cell : `row ${row.record} of ${identityOf(file).slice(0, 12)}`;
}
