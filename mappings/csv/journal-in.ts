import { Big } from 'big.js';
import { z } from 'zod';
import { Failure } from '../../failures/failure.ts';
import { plainDecimal } from '../canonical/decimal.ts';
import { JournalEntry } from '../canonical/journal-entry.ts';
import { routeJournal } from '../routing/journal-routing.ts';
import type { Routing } from '../routing/routing.ts';
import type { FieldTypes, RowDocument } from './document-rows.ts';
import { FieldSource } from './field-source.ts';

/** What the rows of a journal batch can say, and how it is read. */
export const JOURNAL_IN_FIELDS = {
  number: 'text',
  date: 'day',
  period: 'text',
  currency: 'capitals',
  exchangeRate: 'decimal',
  ledger: 'text',
  branch: 'text',
  description: 'text',
  'lines.account': 'text',
  'lines.subaccount': 'text',
  'lines.debit': 'decimal',
  'lines.credit': 'decimal',
  'lines.amount': 'decimal',
  'lines.description': 'text',
  'lines.reference': 'text',
  'lines.vatCode': 'text',
  'lines.branch': 'text',
  'lines.project': 'text',
  'lines.projectTask': 'text',
  'lines.note': 'text',
} as const satisfies FieldTypes;

const fields = Object.keys(JOURNAL_IN_FIELDS) as (keyof typeof JOURNAL_IN_FIELDS)[];

/** `columns` of a flow that reads journals: our field to column name, column with rules, or constant. */
export const JournalInMap = z
  .partialRecord(z.enum(fields), FieldSource)
  .refine((map) => map.number !== undefined && map.date !== undefined && map['lines.account'] !== undefined, {
    message: 'must say where `number`, `date` and `lines.account` come from',
  })
  .refine(
    (map) =>
      (map['lines.amount'] !== undefined) !== (map['lines.debit'] !== undefined || map['lines.credit'] !== undefined),
    {
      message:
        'must say where the amounts come from: `lines.debit` and `lines.credit`, or `lines.amount` with its sign',
    },
  );

/**
 * The journal batch that rows say, with what the routing gives it. An amount with a sign is a debit when it is positive and
 * a credit when it is negative; of two sides the one that is not zero counts.
 *
 * @throws Failure DOCUMENT_ROWS_INVALID, ROUTING_INVALID
 */
export function journalFromRows({ header, lines }: RowDocument, routing: Routing): JournalEntry {
  const parsed = JournalEntry.safeParse({ kind: 'JournalEntry', ...header, lines: lines.map(withSide) });
  if (parsed.success) return routeJournal(parsed.data, routing);
  const problems = parsed.error.issues.map(({ path, message }) => `${placeOf(path)} ${message}`);
  throw new Failure('DOCUMENT_ROWS_INVALID', { message: `The rows are no journal: ${problems.join('; ')}.` });
}

function withSide({ amount, debit, credit, ...line }: Readonly<Record<string, string>>): Record<string, string> {
  if (amount !== undefined) {
    const signed = new Big(amount);
    return { ...line, ...(signed.lt(0) ? { credit: plainDecimal(signed.abs()) } : { debit: plainDecimal(signed) }) };
  }
  const isEmpty = (side: string | undefined) => side === undefined || new Big(side).eq(0);
  if (isEmpty(credit) && debit !== undefined) return { ...line, debit };
  if (isEmpty(debit) && credit !== undefined) return { ...line, credit };
  return { ...line, ...(debit === undefined ? {} : { debit }), ...(credit === undefined ? {} : { credit }) };
}

/** `lines[1].debit`, counted from 1 as people do. */
function placeOf(path: readonly PropertyKey[]): string {
  return path
    .map((part) => (typeof part === 'number' ? `[${part + 1}]` : `.${String(part)}`))
    .join('')
    .slice(1);
}
