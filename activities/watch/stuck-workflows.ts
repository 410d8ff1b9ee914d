import type { Condition } from '../../ledger/alerts.ts';
import type { WatchDependencies } from './dependencies.ts';

/** Workflows whose tasks fail again and again, by type: a defect, or a worker that is not of the version that began them. */
export async function stuckWorkflows({ temporal }: WatchDependencies): Promise<Condition[]> {
  return [...(await temporal.stuckWorkflows())].map(([type, count]) => ({
    kind: 'workflow stuck',
    subject: type,
    code: '',
    count,
    summary: `${count} open ${count === 1 ? 'workflow' : 'workflows'} of type ${type} cannot go on: their tasks fail again and again.`,
    next: 'Look at one in the Web UI. If all workers have one version, report it; they go on when it is mended.',
  }));
}
