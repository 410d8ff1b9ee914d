import { z } from 'zod';
import { sftpSettings } from '../connectors/sftp/settings.ts';
import { vismaSettingsSchema } from '../connectors/visma/settings.ts';
import { durationMsSchema, wholeNumberSchema } from './values.ts';

const HOUR_MS = 3_600_000;

const share = wholeNumberSchema(0, 100);

/** Guaranteed parts of the call budget, in percent. What they leave over goes to whoever asks first. */
const sharesPercent = z
  .strictObject({
    operator: share.default(5),
    poll: share.default(20),
    post: share.default(50),
    bulk: share.default(10),
  })
  .refine((shares) => shares.operator + shares.poll + shares.post + shares.bulk <= 100, {
    message: 'the shares must not add up to more than 100%',
  });

/** Visma.net allows 500 calls an hour per company and client, unless the headers of its answers say otherwise. */
const budget = z.strictObject({
  calls: wholeNumberSchema(1, 1_000_000).default(500),
  windowMs: durationMsSchema({ minMs: 1000 }).default(HOUR_MS),
  sharesPercent: sharesPercent.prefault({}),
});

/** Notifications of changes: hints that start a poll early. They are received by workers that are told a port for them. */
const webhook = z.strictObject({
  /** `signature`: an HMAC-SHA256 of the body stands in a header. `path`: the address ends with the shared secret. */
  verify: z.enum(['signature', 'path']).default('signature'),
  /** Visma documents the signature, not the header's name. */
  header: z
    .string()
    .regex(/^[A-Za-z0-9-]{1,60}$/, 'must be the name of a header')
    .default('X-Visma-Signature'),
  /** The shortest time between two polls that notifications start. Each costs at least one call of the budget. */
  atMostEveryMs: durationMsSchema({ minMs: 1000, maxMs: HOUR_MS }).default(30_000),
});

/** How what a document refers to is looked up before it is posted. */
const referenceData = z.strictObject({
  /** How old what is known of accounts, suppliers and the like may be; what is missing is always read again. */
  maxAgeMs: durationMsSchema({ minMs: 1000 }).default(HOUR_MS / 6),
  /** `wait`: the document goes on by itself when the period is open. `refuse`: it fails. */
  closedPeriod: z.enum(['refuse', 'wait']).default('refuse'),
  /** A subaccount that is not there is refused, or left to Visma.net to make when its segments all take their values. */
  newSubaccounts: z.enum(['refuse', 'by segments']).default('refuse'),
});

/** One company in Visma.net. */
export const vismaConnectionSchema = vismaSettingsSchema.extend({
  kind: z.literal('visma'),
  tenantId: z.guid('must be a tenant id such as 11111111-1111-1111-1111-111111111111'),
  budget: budget.prefault({}),
  webhook: webhook.optional(),
  referenceData: referenceData.prefault({}),
});

/** A partner's SFTP server and our account there. */
export const sftpConnectionSchema = sftpSettings.extend({ kind: z.literal('sftp') });

export type VismaConnection = z.infer<typeof vismaConnectionSchema>;
export type SftpConnection = z.infer<typeof sftpConnectionSchema>;
