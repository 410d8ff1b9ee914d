import { z } from 'zod';
import { vismaSftpSchema } from './kinds/visma-sftp.ts';

/**
 * An integration as the code reads it: every default filled in, every variable resolved, durations in milliseconds, no
 * secrets. It is plain JSON: the ledger keeps it by its hash, and parsing it again gives the same value.
 */
export const integrationSchema = z.discriminatedUnion('kind', [vismaSftpSchema]);

export type Integration = z.infer<typeof integrationSchema>;
export type IntegrationKind = Integration['kind'];
export type Connection = Integration['connections'][string];
export type ConnectionKind = Connection['kind'];
export type Flow = Integration['flows'][string];
export type FlowKind = Flow['kind'];
