import { z } from 'zod';
import { Failure } from '../../failures/failure.ts';
import { Remittance } from '../canonical/remittance.ts';
import type { FieldTypes, RowDocument } from './document-rows.ts';
import { FieldSource } from './field-source.ts';

/** What the rows of a remittance can say, and how it is read. */
export const REMITTANCE_IN_FIELDS = {
  number: 'text',
  'supplier.number': 'text',
  date: 'day',
  currency: 'capitals',
  total: 'decimal',
  paymentMethod: 'text',
  cashAccount: 'text',
  branch: 'text',
  description: 'text',
  'lines.voucher': 'text',
  'lines.invoice': 'text',
  'lines.type': 'text',
  'lines.amount': 'decimal',
  'lines.discount': 'decimal',
} as const satisfies FieldTypes;

const fields = Object.keys(REMITTANCE_IN_FIELDS) as (keyof typeof REMITTANCE_IN_FIELDS)[];
const REQUIRED = ['number', 'supplier.number', 'date', 'lines.amount'] as const;

/** `columns` of a flow that reads remittances: our field to column name, column with rules, or constant. */
export const RemittanceInMap = z
  .partialRecord(z.enum(fields), FieldSource)
  .refine((map) => REQUIRED.every((field) => map[field] !== undefined), {
    message: 'must say where `number`, `supplier.number`, `date` and `lines.amount` come from',
  })
  .refine((map) => map['lines.voucher'] !== undefined || map['lines.invoice'] !== undefined, {
    message: 'must say where `lines.voucher` or `lines.invoice` comes from',
  });

/**
 * The remittance that rows say.
 *
 * @throws Failure DOCUMENT_ROWS_INVALID
 */
export function remittanceFromRows({ header, lines }: RowDocument): Remittance {
  const { 'supplier.number': number, ...rest } = header;
  const parsed = Remittance.safeParse({ kind: 'Remittance', supplier: { number }, ...rest, settlements: lines });
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new Failure('DOCUMENT_ROWS_INVALID', { message: `The rows are no remittance: ${problems.join('; ')}.` });
}
