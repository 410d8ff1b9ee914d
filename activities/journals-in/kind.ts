import { JournalEntry } from '../../mappings/canonical/journal-entry.ts';
import { assertBalanced } from '../../mappings/canonical/journal-sums.ts';
import { present } from '../../mappings/canonical/present.ts';
import { JOURNAL_IN_FIELDS, journalFromRows } from '../../mappings/csv/journal-in.ts';
import { groupColumns } from '../documents-in/group-columns.ts';
import type { DocumentKind } from '../documents-in/kind.ts';
import { journalWrites } from './post-journal.ts';

/** Journals of a partner, a row for each line, become batches of the general ledger. */
export const journalsIn: DocumentKind<'journals-in', JournalEntry> = {
  flow: 'journals-in',
  kind: 'JournalEntry',
  rows: ({ flow: { columns, format, groupBy } }) => ({
    fields: JOURNAL_IN_FIELDS,
    columns,
    groupBy: groupBy ?? groupColumns(columns, ['number']),
    dialect: format,
  }),
  keyOf: ({ header }) => header.number,
  business: ({ header }) => present({ journal: header.number }),
  canonical: (rows, { flow }) => {
    const entry = journalFromRows(rows, flow.routing);
    assertBalanced(entry);
    return entry;
  },
  // Balanced as it is, a missing row would have to be a zero, or the other half of another missing row.
  isProvenWhole: () => false,
  parse: (stored) => JournalEntry.parse(stored),
  writes: journalWrites,
};
