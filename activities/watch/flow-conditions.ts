import { type Integration, integrationSchema } from '../../config/integration.ts';
import type { Condition } from '../../ledger/alerts.ts';
import { pausedFlows } from '../../ledger/brakes.ts';
import { activeConfigs } from '../../ledger/config-versions.ts';
import type { FlowConfig } from '../configuration.ts';
import type { WatchDependencies } from './dependencies.ts';
import { lateRun } from './late-runs.ts';
import { silence } from './silence.ts';

/** What every applied flow is not doing. One that an operator has paused does nothing rightly. */
export async function flowConditions(deps: WatchDependencies, alive: () => void): Promise<Condition[]> {
  const paused = new Set((await pausedFlows(deps.ledger)).map(({ flow }) => flow));
  const found: Condition[] = [];
  for (const config of await appliedFlows(deps)) {
    alive();
    if (paused.has(config.name)) continue;
    found.push(...(await lateRun(deps, config)), ...(await silence(deps.ledger, config)));
  }
  return found;
}

async function appliedFlows({ ledger }: WatchDependencies): Promise<FlowConfig[]> {
  const configs = await activeConfigs(ledger);
  return configs.flatMap(({ hash, body }) => flowsOf(integrationSchema.parse(body), hash));
}

function flowsOf(integration: Integration, hash: string): FlowConfig[] {
  return Object.entries(integration.flows).map(([short, flow]) => ({
    name: `${integration.integration}/${short}`,
    hash,
    integration,
    flow,
  }));
}
