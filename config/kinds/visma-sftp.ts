import { z } from 'zod';
import { sftpConnectionSchema, vismaConnectionSchema } from '../connections.ts';
import { invoicesInSchema } from '../flows/invoices-in.ts';
import { invoicesOutSchema } from '../flows/invoices-out.ts';
import { journalsInSchema } from '../flows/journals-in.ts';
import { paymentsInSchema } from '../flows/payments-in.ts';
import { purchaseOrdersInSchema } from '../flows/purchase-orders-in.ts';
import { recordsOutSchema } from '../flows/records-out.ts';
import { vendorsInSchema } from '../flows/vendors-in.ts';
import { durationMsSchema, nameSchema, textSchema } from '../values.ts';

const DAY_MS = 86_400_000;

const connection = z.discriminatedUnion('kind', [vismaConnectionSchema, sftpConnectionSchema]);

const flow = z.discriminatedUnion('kind', [
  vendorsInSchema,
  invoicesInSchema,
  journalsInSchema,
  paymentsInSchema,
  purchaseOrdersInSchema,
  invoicesOutSchema,
  recordsOutSchema,
]);

/** Visma.net and a partner that exchanges flat files over SFTP. */
export const vismaSftpSchema = z.strictObject({
  integration: nameSchema,
  kind: z.literal('visma-sftp'),
  /** The trading partner's name as people search for it. */
  partner: textSchema,
  /** Bodies of documents that are done are forgotten after this; kept for ever unless set. */
  keepBodiesMs: durationMsSchema({ minMs: DAY_MS, maxMs: 36_500 * DAY_MS }).optional(),
  connections: z.record(nameSchema, connection),
  flows: z.record(nameSchema, flow).refine((flows) => Object.keys(flows).length > 0, 'must hold at least one flow'),
});
