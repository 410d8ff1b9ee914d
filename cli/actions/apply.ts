import { configHash } from '../../config/hash.ts';
import { Failure } from '../../failures/failure.ts';
import { activateConfig, deactivateConfig } from '../../ledger/config-versions.ts';
import { ledgerFailure } from '../../ledger/ledger-failure.ts';
import { migrate } from '../../ledger/migrate.ts';
import { ask } from '../ask.ts';
import { EXIT_CODES } from '../exit.ts';
import { closeGap, cloudCommands, isCloud } from '../namespace.ts';
import { counted, print } from '../output.ts';
import { describePlan, isEmpty, makePlan, type Plan } from '../plan.ts';
import { createSchedule, deleteSchedule, updateSchedule } from '../schedule-store.ts';
import type { Session } from '../session.ts';

export interface ApplyOptions {
  readonly prune?: boolean;
  readonly yes?: boolean;
}

/** Makes ledger, namespace and schedules what the files say. Every file is checked before anything is changed. */
export async function apply(session: Session, folder: string, options: ApplyOptions): Promise<number> {
  const prune = options.prune === true;
  const plan = await makePlan(session, folder);
  for (const line of describePlan(plan, { prune })) print(line);
  for (const warning of plan.warnings) process.stderr.write(`Warning: ${warning}\n`);
  if (prune) await confirmPrune(plan, options);
  await prepareLedger(session, plan);
  await prepareNamespace(session, plan);
  await activate(session, plan);
  await writeSchedules(session, plan);
  if (prune) await removeLeftover(session, plan);
  print(isEmpty(plan) && !(prune && hasLeftover(plan)) ? 'Everything was as the files say.' : 'Applied.');
  return EXIT_CODES.done;
}

function hasLeftover({ leftover }: Plan): boolean {
  return leftover.integrations.length + leftover.schedules.length > 0;
}

async function confirmPrune(plan: Plan, { yes }: ApplyOptions): Promise<void> {
  if (yes || !hasLeftover(plan)) return;
  const what = `${counted(plan.leftover.schedules.length, 'schedule')} that no file names any more`;
  if (await ask(`Delete ${what}?`)) return;
  throw new Failure('COMMAND_USAGE', {
    message: 'Not confirmed: nothing was changed.',
    next: 'Run it again with `--prune --yes`, or without `--prune`.',
  });
}

async function prepareLedger({ settings }: Session, { migrations }: Plan): Promise<void> {
  if (migrations.length === 0) return;
  await migrate(settings.ledger.migrationUrl).catch((error: unknown) => {
    throw ledgerFailure(error);
  });
}

async function prepareNamespace(session: Session, { gap }: Plan): Promise<void> {
  const { temporal } = session.settings;
  if (!isCloud(temporal)) return closeGap(await session.temporal(), temporal.namespace, gap);
  const commands = cloudCommands(gap, temporal.namespace);
  if (commands.length === 0) return;
  const list = ['Temporal Cloud takes these from its own tool only:', ...commands.map((command) => `  ${command}`)];
  process.stderr.write(`${list.join('\n')}\n`);
  if (gap.missingAttributes.length === 0) return;
  throw new Failure('TEMPORAL_UNPREPARED', {
    message: `Namespace ${temporal.namespace} lacks ${counted(gap.missingAttributes.length, 'search attribute')}.`,
  });
}

async function activate(session: Session, { changedIntegrations }: Plan): Promise<void> {
  const ledger = await session.ledger();
  for (const body of changedIntegrations) {
    const version = { hash: configHash(body), integration: body.integration, body };
    await activateConfig(ledger, version, session.provenance.actor);
  }
}

async function writeSchedules(session: Session, { schedules }: Plan): Promise<void> {
  const client = await session.temporal();
  for (const { action, wanted } of schedules) {
    if (action === 'add') await createSchedule(client, wanted);
    else await updateSchedule(client, wanted);
  }
}

async function removeLeftover(session: Session, { leftover }: Plan): Promise<void> {
  const client = await session.temporal();
  for (const id of leftover.schedules) await deleteSchedule(client, id);
  for (const name of leftover.integrations) await deactivateConfig(await session.ledger(), name);
}
