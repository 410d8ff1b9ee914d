import { z } from 'zod';
import { OrderInMap } from '../../mappings/csv/purchase-order-in.ts';
import { formatSchema } from '../format.ts';
import { scheduleSchema } from '../schedule.ts';
import { nameSchema } from '../values.ts';
import { inboundSource } from './inbound-source.ts';

const target = z.strictObject({
  connection: nameSchema,
  /** Create on hold: a person takes it from there. */
  hold: z.boolean().default(false),
  /** Which number a new order gets: the next of Visma.net's series, or the one in the file. */
  numbering: z.enum(['automatic', 'override', 'manual']).default('automatic'),
  /** What becomes of a cancelled line: nothing more is expected of it, or it is removed. */
  cancel: z.enum(['complete', 'delete']).default('complete'),
});

/** Purchase orders, their changes and cancellations go to Visma.net. */
export const purchaseOrdersInSchema = z.strictObject({
  kind: z.literal('purchase-orders-in'),
  schedule: scheduleSchema,
  source: inboundSource,
  target,
  format: formatSchema,
  /** Our field to the partner's column, to a column with rules, or to a constant. */
  columns: OrderInMap,
  /** Columns whose cells tell the rows of one document from those of the next; if not given, those of number and change. */
  groupBy: z.array(z.string().min(1)).min(1).optional(),
});
