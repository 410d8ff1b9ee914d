import { configHash } from './hash.ts';
import type { Integration, IntegrationKind } from './integration.ts';

/** The workflow that runs the flows of each kind of integration. */
const WORKFLOW_TYPES: Readonly<Record<IntegrationKind, string>> = { 'visma-sftp': 'syncVismaSftp' };

/** What a scheduled run is told: references only, the settings are read by their hash. */
interface RunArguments {
  /** `<integration>/<flow>`. */
  readonly flow: string;
  /** The hash of the configuration. */
  readonly config: string;
}

/** The schedule that a flow should have, in plain data; times in milliseconds. */
export interface DesiredSchedule {
  /** `<integration>/<flow>`. */
  readonly scheduleId: string;
  readonly spec: { readonly everyMs: number } | { readonly cron: string /** IANA name. */; readonly timeZone: string };
  readonly jitterMs: number;
  readonly catchUpMs: number;
  /** A start that comes during a run waits for its end; further ones are dropped. */
  readonly overlap: 'BUFFER_ONE';
  readonly executionTimeoutMs: number;
  readonly workflowType: string;
  readonly arguments: readonly [RunArguments];
}

/** The desired schedule of each flow of an integration, in the order of the file. */
export function schedulesOf(integration: Integration): DesiredSchedule[] {
  return Object.keys(integration.flows).map((flow) => scheduleOf(integration, flow));
}

/** The desired schedule of one flow. Throws RangeError when the integration has no such flow. */
export function scheduleOf(integration: Integration, flowName: string): DesiredSchedule {
  const flow = integration.flows[flowName];
  if (flow === undefined) throw new RangeError(`Integration ${integration.integration} has no flow ${flowName}`);
  const { schedule } = flow;
  return {
    scheduleId: `${integration.integration}/${flowName}`,
    spec: 'everyMs' in schedule ? { everyMs: schedule.everyMs } : { cron: schedule.cron, timeZone: schedule.timeZone },
    jitterMs: schedule.jitterMs,
    catchUpMs: schedule.catchUpMs,
    overlap: 'BUFFER_ONE',
    executionTimeoutMs: schedule.timeoutMs,
    workflowType: WORKFLOW_TYPES[integration.kind],
    arguments: [{ flow: `${integration.integration}/${flowName}`, config: configHash(integration) }],
  };
}
