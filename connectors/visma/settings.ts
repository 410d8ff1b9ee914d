import { z } from 'zod';
import { Failure } from '../../failures/failure.ts';

const READ_AND_WRITE = [
  'vismanet_erp_service_api:read',
  'vismanet_erp_service_api:create',
  'vismanet_erp_service_api:update',
] as const;

const milliseconds = z.number().int().positive();

const webAddress = z
  .url({ protocol: /^https?$/ })
  .refine((text) => !text.includes('?') && !text.includes('#'), 'must not have a query or a fragment')
  .refine((text) => new URL(text).username === '', 'must not contain credentials');

/** The settings of one Visma.net company as they stand in an integration file; secrets are never among them. */
export const vismaSettingsSchema = z.strictObject({
  apiUrl: webAddress.default('https://api.finance.visma.net'),
  tokenUrl: webAddress.default('https://connect.visma.com/connect/token'),
  /** The tenant of the company, not of the customer's organisation: with the latter every call answers 401. */
  tenantId: z.string().min(1),
  /** Sent as `ipp-company-id`; leave it out where the token alone names the company. */
  companyId: z.string().regex(/^\d+$/, 'must be a number').optional(),
  scopes: z
    .array(z.string().min(1))
    .min(1)
    .default([...READ_AND_WRITE]),
  /** Total time of one call, from waiting for a connection to the last byte of the answer. */
  timeoutMs: milliseconds.default(60_000),
  /** Records asked for per page; Visma clamps it to the entity's own maximum. */
  pageSize: z.number().int().min(1).max(5000).default(1000),
  /** A token is renewed this long before it expires. */
  renewBeforeExpiryMs: milliseconds.default(60_000),
  /** No byte of a write leaves later than this after the ledger has noted it as sent. */
  sendWindowMs: milliseconds.default(10_000),
  /** How long Visma may still be working on a call that we lost: synchronous calls are cut after four minutes. */
  targetLimitMs: z.number().int().nonnegative().default(240_000),
  /** Added before an absent record is taken for one that was never written. */
  marginMs: z.number().int().nonnegative().default(30_000),
  maxResponseBytes: z
    .number()
    .int()
    .positive()
    .default(64 * 1024 * 1024),
});

export type VismaSettings = z.infer<typeof vismaSettingsSchema>;

export const vismaSecretsSchema = z.strictObject({
  clientId: z.string().min(1),
  clientSecret: z.string().min(1),
  /** Signs Visma's notifications of changes: the signature key that the Developer Portal shows, as text. */
  webhookKey: z.string().min(16).optional(),
});

export type VismaSecrets = z.infer<typeof vismaSecretsSchema>;

/** Reads settings with their defaults. Throws Failure `VISMA_SETTINGS` that names each wrong setting, never its value. */
export function parseVismaSettings(input: unknown): VismaSettings {
  const parsed = vismaSettingsSchema.safeParse(input);
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'settings'}: ${issue.message}`);
  throw new Failure('VISMA_SETTINGS', { message: `Visma.net connection settings are wrong: ${wrong.join('; ')}` });
}
