import type { Ledger } from './database.ts';
import { inTransaction } from './database.ts';

/** An integration's configuration, immutable, by hash. */
export interface ConfigVersion {
  readonly hash: string;
  readonly integration: string;
  readonly body: Record<string, unknown>;
}

/** Keeps a configuration version and makes it the current one of its integration. */
export async function activateConfig(ledger: Ledger, version: ConfigVersion, createdBy: string): Promise<void> {
  await inTransaction(ledger, async ({ db }) => {
    await db
      .insertInto('configVersion')
      .values({ hash: version.hash, integration: version.integration, body: JSON.stringify(version.body), createdBy })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    await db
      .insertInto('integration')
      .values({ name: version.integration, configHash: version.hash })
      .onConflict((conflict) =>
        conflict.column('name').doUpdateSet({ configHash: version.hash, appliedAt: ledger.now() }),
      )
      .execute();
  });
}

/** Forgets that an integration is applied; its configuration versions stay, since documents refer to them. */
export async function deactivateConfig({ db }: Ledger, integration: string): Promise<void> {
  await db.deleteFrom('integration').where('name', '=', integration).execute();
}

/** The configuration under a hash, or undefined. */
export async function configVersion({ db }: Ledger, hash: string): Promise<ConfigVersion | undefined> {
  return db
    .selectFrom('configVersion')
    .select(['hash', 'integration', 'body'])
    .where('hash', '=', hash)
    .executeTakeFirst();
}

/** The hash of the configuration that is applied of an integration, or undefined. */
export async function appliedConfig({ db }: Ledger, integration: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('integration')
    .select('configHash')
    .where('name', '=', integration)
    .executeTakeFirst();
  return row?.configHash;
}

/** The current configuration of every applied integration, by name. */
export async function activeConfigs({ db }: Ledger): Promise<ConfigVersion[]> {
  return db
    .selectFrom('integration')
    .innerJoin('configVersion', 'configVersion.hash', 'integration.configHash')
    .select(['configVersion.hash', 'configVersion.integration', 'configVersion.body'])
    .orderBy('integration.name')
    .execute();
}
