import { Configuration, type FlowConfig, flowOf } from '../../activities/configuration.ts';
import { localForm } from '../../connectors/visma/local-time.ts';
import type { Versioned } from '../../connectors/visma/pages.ts';
import { Failure } from '../../failures/failure.ts';
import { EXIT_CODES } from '../exit.ts';
import { appliedFlow } from '../names.ts';
import { counted, print, printJson, printTable } from '../output.ts';
import { lendVisma } from '../preview/partners.ts';
import { type Comparison, compare, type Finding } from '../reconcile/compare.ts';
import { enqueue } from '../reconcile/enqueue.ts';
import { invoicesReconciler } from '../reconcile/invoices.ts';
import type { Reconciler } from '../reconcile/reconciler.ts';
import { recordsReconciler } from '../reconcile/records.ts';
import type { Session } from '../session.ts';
import { instantOf } from '../values.ts';

export interface ReconcileOptions {
  readonly since: string;
  readonly enqueue?: boolean;
  readonly json?: boolean;
}

/** Compares what Visma.net has with what a flow took over; takes over what it lacks when asked to. */
export async function reconcile(session: Session, given: string, options: ReconcileOptions): Promise<number> {
  const since = vismaTimeOf(options.since);
  const { name, hash } = await appliedFlow(session, given);
  const config = await new Configuration(await session.ledger()).flow(hash, name);
  switch (config.flow.kind) {
    case 'invoices-out':
      return compareWith(session, config, since, invoicesReconciler(flowOf(config, 'invoices-out')), options);
    case 'records-out':
      return compareWith(session, config, since, recordsReconciler(flowOf(config, 'records-out')), options);
    default:
      throw new Failure('COMMAND_USAGE', { message: `${name} does not read Visma.net: there is nothing to compare.` });
  }
}

/** No clock on earth is further behind UTC. */
const FURTHEST_BEHIND_MS = 12 * 3_600_000;

/** In Visma.net's local form. Its zone is not known, so an instant is taken early enough for any; a day is taken as it is. */
function vismaTimeOf(text: string): string {
  const at = instantOf('--since', text, new Date());
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return text;
  return localForm(at.getTime() - FURTHEST_BEHIND_MS);
}

async function compareWith<T extends Versioned>(
  session: Session,
  config: FlowConfig,
  since: string,
  reconciler: Reconciler<T>,
  options: ReconcileOptions,
): Promise<number> {
  const ledger = await session.ledger();
  const onWait = (ms: number) => {
    process.stderr.write(`The operator's share of the call budget is spent; going on in ${Math.ceil(ms / 1000)} s.\n`);
  };
  const comparison = await lendVisma(ledger, config, reconciler.connection, (client) =>
    compare({ ledger, client, flow: config.name, since, onWait }, reconciler),
  );
  const lacking = comparison.findings.flatMap(({ record }) => record ?? []);
  if (options.enqueue && lacking.length > 0) await enqueue(session, config, reconciler, lacking);
  if (options.json) for (const one of comparison.findings) printJson(asObject(config, one, options));
  else printComparison(config, since, comparison, options);
  const left = options.enqueue ? comparison.findings.length - lacking.length : comparison.findings.length;
  return left === 0 ? EXIT_CODES.done : EXIT_CODES.failed;
}

function asObject<T>(
  config: FlowConfig,
  { finding, key, modified, record, held }: Finding<T>,
  { enqueue: isEnqueued }: ReconcileOptions,
): object {
  const enqueued = isEnqueued === true && record !== undefined;
  return {
    flow: config.name,
    finding,
    key,
    modified,
    document: held?.id ?? null,
    state: held?.state ?? null,
    enqueued,
  };
}

function printComparison<T>(
  config: FlowConfig,
  since: string,
  { findings, listed, waitedMs }: Comparison<T>,
  { enqueue: isEnqueued }: ReconcileOptions,
): void {
  if (findings.length > 0) {
    printTable(
      ['FINDING', 'RECORD', 'CHANGED', 'DOCUMENT', 'STATE'],
      findings.map(({ finding, key, modified, held }) => [finding, key, modified, held?.id ?? '', held?.state ?? '']),
    );
    print();
  }
  const count = (kind: Finding<T>['finding']) => findings.filter(({ finding }) => finding === kind).length;
  const waited = waitedMs > 0 ? ` Waited ${Math.ceil(waitedMs / 1000)} s for the call budget.` : '';
  print(
    `${config.name} since ${since}: ${counted(listed, 'record')} in Visma.net; ${count('missing')} missing, ` +
      `${count('stale')} stale, ${count('gone')} gone.${waited}`,
  );
  const lacking = count('missing') + count('stale');
  if (lacking === 0) return;
  if (isEnqueued) print(`${counted(lacking, 'record')} taken over; a run was started that sends them.`);
  else print('Take them over with --enqueue.');
}
