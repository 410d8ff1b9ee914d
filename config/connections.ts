import { z } from 'zod';
import { durationMsSchema, textSchema, urlSchema, wholeNumberSchema } from './values.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const MIB = 1024 * 1024;

const share = wholeNumberSchema(0, 100);

/** Guaranteed parts of the call budget, in percent. What they leave over goes to whoever asks first. */
const sharesPercent = z
  .strictObject({
    operator: share.default(5),
    poll: share.default(20),
    post: share.default(50),
    bulk: share.default(10),
  })
  .refine(
    (shares) => shares.operator + shares.poll + shares.post + shares.bulk <= 100,
    'must not add up to more than 100%',
  );

/** Visma.net allows 500 calls an hour per company and client, unless the headers of its answers say otherwise. */
const budget = z.strictObject({
  calls: wholeNumberSchema(1, 1_000_000).default(500),
  windowMs: durationMsSchema({ minMs: 1000 }).default(HOUR_MS),
  sharesPercent: sharesPercent.prefault({}),
});

/**
 * One company in Visma.net. `sendWindowMs`: no byte of a write leaves later than this after it was decided. `targetLimitMs`:
 * the longest time Visma.net itself works on a request; together with `marginMs` they say when an unanswered write that cannot
 * be found has certainly not happened.
 */
export const vismaConnectionSchema = z.strictObject({
  kind: z.literal('visma'),
  apiUrl: urlSchema.default('https://api.finance.visma.net'),
  tokenUrl: urlSchema.default('https://connect.visma.com/connect/token'),
  /** The tenant of the company, not of the customer's organisation. */
  tenantId: z.guid('must be a tenant id such as 11111111-1111-1111-1111-111111111111'),
  /** Sent as `ipp-company-id`; newer tenants carry the company in the token and leave it out. */
  companyId: z.string().regex(/^\d+$/, 'must be the numeric company id').optional(),
  scopes: z
    .array(textSchema)
    .min(1)
    .default(['vismanet_erp_service_api:read', 'vismanet_erp_service_api:create', 'vismanet_erp_service_api:update']),
  timeoutMs: durationMsSchema({ minMs: 1000, maxMs: 10 * MINUTE_MS }).default(MINUTE_MS),
  /** A token is renewed this long before it expires. */
  renewBeforeExpiryMs: durationMsSchema({ minMs: 0, maxMs: 30 * MINUTE_MS }).default(MINUTE_MS),
  pageSize: wholeNumberSchema(1, 5000).default(1000),
  maxResponseBytes: wholeNumberSchema(1024, 1024 * MIB).default(64 * MIB),
  sendWindowMs: durationMsSchema({ minMs: 100, maxMs: 5 * MINUTE_MS }).default(10_000),
  targetLimitMs: durationMsSchema({ minMs: 100, maxMs: HOUR_MS }).default(4 * MINUTE_MS),
  marginMs: durationMsSchema({ minMs: 0, maxMs: HOUR_MS }).default(30_000),
  budget: budget.prefault({}),
});

/** OpenSSH's notation, as `ssh-keygen -lf` and most SFTP servers' manuals print it. */
const hostKey = z
  .string()
  .regex(
    /^SHA256:[A-Za-z0-9+/]{43}=?$/,
    'must be the fingerprint of the host key, SHA256: and 43 characters (`ssh-keyscan HOST | ssh-keygen -lf -`)',
  );

/** A partner's SFTP server and our account there. `operationTimeoutMs` bounds one request, not a whole transfer. */
export const sftpConnectionSchema = z.strictObject({
  kind: z.literal('sftp'),
  host: textSchema,
  port: wholeNumberSchema(1, 65_535).default(22),
  username: textSchema,
  hostKey,
  connectTimeoutMs: durationMsSchema({ minMs: 100, maxMs: 10 * MINUTE_MS }).default(20_000),
  operationTimeoutMs: durationMsSchema({ minMs: 100, maxMs: 10 * MINUTE_MS }).default(MINUTE_MS),
});

export type VismaConnection = z.infer<typeof vismaConnectionSchema>;
export type SftpConnection = z.infer<typeof sftpConnectionSchema>;
