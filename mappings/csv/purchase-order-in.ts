import { z } from 'zod';
import { Failure } from '../../failures/failure.ts';
import { present } from '../canonical/present.ts';
import { PurchaseOrder } from '../canonical/purchase-order.ts';
import type { FieldTypes, RowDocument } from './document-rows.ts';
import { FieldSource } from './field-source.ts';

/** What the rows of a purchase order can say, and how it is read. */
export const ORDER_IN_FIELDS = {
  number: 'text',
  action: 'text',
  change: 'text',
  orderNumber: 'text',
  'supplier.number': 'text',
  date: 'day',
  promised: 'day',
  currency: 'capitals',
  description: 'text',
  branch: 'text',
  note: 'text',
  total: 'decimal',
  'lines.action': 'text',
  'lines.number': 'text',
  'lines.item': 'text',
  'lines.lineType': 'text',
  'lines.description': 'text',
  'lines.quantity': 'decimal',
  'lines.unit': 'text',
  'lines.unitPrice': 'decimal',
  'lines.account': 'text',
  'lines.subaccount': 'text',
  'lines.vatCode': 'text',
  'lines.promised': 'day',
  'lines.note': 'text',
} as const satisfies FieldTypes;

const fields = Object.keys(ORDER_IN_FIELDS) as (keyof typeof ORDER_IN_FIELDS)[];

/** `columns` of a flow that reads purchase orders: our field to column name, column with rules, or constant. */
export const OrderInMap = z
  .partialRecord(z.enum(fields), FieldSource)
  .refine((map) => map.number !== undefined, { message: 'must say where `number` comes from' });

/**
 * The purchase order that rows say. A document without an action is a new order; a line without one is changed when it bears
 * a number, and added when it does not.
 *
 * @throws Failure DOCUMENT_ROWS_INVALID
 */
export function orderFromRows({ header, lines }: RowDocument): PurchaseOrder {
  const { 'supplier.number': supplier, action = 'create', ...rest } = header;
  const parsed = PurchaseOrder.safeParse({
    kind: 'PurchaseOrder',
    action,
    ...rest,
    ...present({ supplier: supplier === undefined ? undefined : { number: supplier } }),
    lines: lines.map((line) => ({ action: line.number === undefined ? 'add' : 'change', ...line })),
  });
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => [path.join('.'), message].filter(Boolean).join(': '));
  throw new Failure('DOCUMENT_ROWS_INVALID', { message: `The rows are no purchase order: ${problems.join('; ')}.` });
}
