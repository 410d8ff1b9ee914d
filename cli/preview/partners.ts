import { type ConnectionConfig, connectionOf, type FlowConfig } from '../../activities/configuration.ts';
import { sftpSettingsOf } from '../../activities/connections.ts';
import { openVisma } from '../../activities/visma-client.ts';
import { type SftpSession, withSftp } from '../../connectors/sftp/client.ts';
import { sftpSecretsSchema } from '../../connectors/sftp/settings.ts';
import type { VismaClient } from '../../connectors/visma/client.ts';
import { vismaSecretsSchema } from '../../connectors/visma/settings.ts';
import type { Ledger } from '../../ledger/database.ts';
import { secretsOf } from '../stored-secrets.ts';

/** Lends a client for reading, whatever brakes are on: a preview of a paused flow is what a pause is for. */
export async function lendVisma<T>(
  ledger: Ledger,
  config: FlowConfig,
  connection: string,
  work: (client: VismaClient) => Promise<T>,
): Promise<T> {
  const { name, settings } = connectionOf(config, connection, 'visma');
  const client = openVisma(ledger, settings, await secretsOf(ledger, name, vismaSecretsSchema));
  try {
    return await work(client);
  } finally {
    await client.close();
  }
}

/** Lends an SFTP session, likewise. */
export async function lendSftp<T>(
  ledger: Ledger,
  config: FlowConfig,
  connection: string,
  work: (session: SftpSession) => Promise<T>,
): Promise<T> {
  const { name, settings }: ConnectionConfig<'sftp'> = connectionOf(config, connection, 'sftp');
  const secrets = await secretsOf(ledger, name, sftpSecretsSchema);
  return withSftp(sftpSettingsOf(settings), secrets, { signal: new AbortController().signal }, work);
}
