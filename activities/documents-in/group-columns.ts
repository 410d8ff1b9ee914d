import type { DocumentMap } from '../../mappings/csv/document-rows.ts';
import { columnOf } from '../../mappings/csv/field-source.ts';

/** The columns of the fields that make up a document's key: where they change, the next document begins. */
export function groupColumns(columns: DocumentMap, keyFields: readonly string[]): string[] {
  return keyFields.flatMap((field) => columnOf(columns[field]) ?? []);
}
