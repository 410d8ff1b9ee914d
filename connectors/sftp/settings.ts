import { z } from 'zod';

/** OpenSSH's notation: `ssh-keygen -lf key.pub` prints it, 43 base64 characters without padding. */
const fingerprint = z
  .string()
  .regex(/^SHA256:[A-Za-z0-9+/]{43}$/, 'write it as SHA256: and 43 characters, as ssh-keygen -l does');

/**
 * Where an SFTP server is and how patiently it is spoken to.
 *
 * The host key is mandatory: an SSH client without one sends the password to whoever answers. Several fingerprints are
 * for the days of a key change and for servers that are a farm.
 */
export const sftpSettings = z.strictObject({
  host: z.string().min(1),
  port: z.number().int().min(1).max(65_535).default(22),
  username: z.string().min(1),
  hostKey: z
    .union([fingerprint, z.array(fingerprint).min(1)])
    .transform((value): readonly string[] => (typeof value === 'string' ? [value] : value)),
  /** From the first packet to an open SFTP session, login included. */
  connectTimeoutMs: z.number().int().min(100).max(600_000).default(20_000),
  /** The longest silence of the server while a request waits for its answer. */
  operationTimeoutMs: z.number().int().min(100).max(600_000).default(60_000),
  /** A sign of life this often; three without an answer end the session. */
  keepaliveIntervalMs: z.number().int().min(100).max(600_000).default(10_000),
  /**
   * Bytes of requests in flight in one transfer: it bounds the memory and, over a long line, the speed. OpenSSH and ssh2 let
   * 2 MiB stand unread in a channel, so more would only wait on our side.
   */
  windowBytes: z.number().int().min(32_768).max(67_108_864).default(2_097_152),
  /** Bytes of a file in one request; `auto` is 255 KiB for OpenSSH, and 31 KiB, which every server must take, for others. */
  chunkBytes: z.union([z.literal('auto'), z.number().int().min(512).max(261_120)]).default('auto'),
  /** `always` asks the server to put an upload on its disk before it gets its final name, where the server can. */
  sync: z.enum(['always', 'never']).default('always'),
});

export type SftpSettings = z.output<typeof sftpSettings>;

/** The sealed half of a connection. Both may be given: some servers want the key and then the password. */
export const sftpSecretsSchema = z
  .strictObject({
    password: z.string().min(1).optional(),
    /** PEM or OpenSSH text. */
    privateKey: z.string().min(1).optional(),
    passphrase: z.string().min(1).optional(),
  })
  .refine((secrets) => secrets.password !== undefined || secrets.privateKey !== undefined, {
    message: 'give a password or a privateKey',
  });

export type SftpSecrets = z.output<typeof sftpSecretsSchema>;
