import type { Client } from '@temporalio/client';
import { type Change, describeChange, diffIntegrations } from '../config/diff.ts';
import { configHash } from '../config/hash.ts';
import { type Integration, integrationSchema } from '../config/integration.ts';
import { loadIntegrations } from '../config/load.ts';
import { settingChanges } from '../config/setting-changes.ts';
import { warningsOf } from '../config/warnings.ts';
import { activeConfigs } from '../ledger/config-versions.ts';
import { ledgerFailure } from '../ledger/ledger-failure.ts';
import { pendingMigrations } from '../ledger/migrate.ts';
import { integrationsEverApplied } from '../ledger/queries/overview.ts';
import { describeGap, type NamespaceGap, namespaceGap } from './namespace.ts';
import { currentSettings, ourSchedules } from './schedule-store.ts';
import { type WantedSchedule, wantedSchedules } from './schedules.ts';
import type { Session } from './session.ts';

export interface ScheduleChange extends Change {
  readonly wanted: WantedSchedule;
}

/** Everything that is different between the files and the installation. */
export interface Plan {
  readonly migrations: readonly string[];
  readonly gap: NamespaceGap;
  /** Those whose configuration is not the current one. */
  readonly changedIntegrations: readonly Integration[];
  readonly changes: readonly Change[];
  readonly schedules: readonly ScheduleChange[];
  /** In the installation and in no file any more. */
  readonly leftover: { readonly integrations: readonly string[]; readonly schedules: readonly string[] };
  readonly warnings: readonly string[];
}

/** Reads and checks all files, then compares. Changes nothing. @throws Failure CONFIG_INVALID */
export async function makePlan(session: Session, folder: string): Promise<Plan> {
  const integrations = await loadIntegrations(folder, session.env);
  const { migrationUrl } = session.settings.ledger;
  const migrations = await pendingMigrations(migrationUrl).catch((error: unknown) => {
    throw ledgerFailure(error);
  });
  const applied = migrations.length > 0 ? new Map<string, Integration>() : await appliedIntegrations(session);
  const known = migrations.length > 0 ? new Set<string>() : await integrationsEverApplied(await session.ledger());
  const client = await session.temporal();
  const wanted = wantedSchedules(integrations, session.settings.temporal.taskQueue);
  return {
    migrations,
    gap: await namespaceGap(client, session.settings.temporal),
    changedIntegrations: integrations.filter((one) => hashOf(applied.get(one.integration)) !== configHash(one)),
    changes: integrations.flatMap((one) =>
      diffIntegrations(applied.get(one.integration), one).filter(({ subject }) => subject !== 'schedule'),
    ),
    schedules: await scheduleChanges(client, wanted),
    leftover: {
      integrations: [...applied.keys()].filter((name) => !integrations.some((one) => one.integration === name)),
      schedules: await leftoverSchedules(client, wanted, known),
    },
    warnings: integrations.flatMap((one) => warningsOf(one).map((text) => `${one.integration}: ${text}`)),
  };
}

async function appliedIntegrations(session: Session): Promise<Map<string, Integration>> {
  const configs = await activeConfigs(await session.ledger());
  return new Map(configs.map(({ integration, body }) => [integration, integrationSchema.parse(body)]));
}

function hashOf(integration: Integration | undefined): string | undefined {
  return integration && configHash(integration);
}

async function scheduleChanges(client: Client, wanted: readonly WantedSchedule[]): Promise<ScheduleChange[]> {
  const compared = await Promise.all(
    wanted.map(async (one): Promise<ScheduleChange[]> => {
      const current = await currentSettings(client, one.id);
      const change = { subject: 'schedule', name: one.id, wanted: one } as const;
      if (current === undefined) return [{ ...change, action: 'add', settings: [] }];
      const settings = settingChanges(current, one.settings);
      return settings.length === 0 ? [] : [{ ...change, action: 'change', settings }];
    }),
  );
  return compared.flat();
}

/** Schedules of integrations that this ledger knows; those of other installations in the namespace are none of ours. */
async function leftoverSchedules(
  client: Client,
  wanted: readonly WantedSchedule[],
  known: ReadonlySet<string>,
): Promise<string[]> {
  const ids = await ourSchedules(client);
  const isOurs = (id: string) => known.has(id.slice(0, id.indexOf('/')));
  return ids.filter((id) => isOurs(id) && !wanted.some((one) => one.id === id)).sort();
}

/** Whether there is nothing to do, what only `--prune` would do left aside. */
export function isEmpty({ migrations, gap, changedIntegrations, schedules }: Plan): boolean {
  const isPrepared = gap.missingAttributes.length === 0 && gap.shortRetentionMs === undefined;
  return migrations.length + changedIntegrations.length + schedules.length === 0 && isPrepared;
}

/** The plan as lines for a terminal. */
export function describePlan(plan: Plan, { prune }: { readonly prune: boolean }): string[] {
  const kept = prune ? '' : '  (stays until apply --prune)';
  return [
    ...plan.migrations.map((name) => `+ ledger migration ${name.replace(/\.sql$/, '')}`),
    ...describeGap(plan.gap),
    ...plan.changes.flatMap(describeChange),
    ...plan.schedules.flatMap(describeChange),
    ...plan.leftover.integrations.map((name) => `- integration ${name}${kept}`),
    ...plan.leftover.schedules.map((id) => `- schedule ${id}${kept}`),
  ];
}
