import { type Client, WorkflowFailedError } from '@temporalio/client';
import { documentsBetween } from '../ledger/queries/documents.ts';
import type { RecordedFailure } from '../ledger/schema.ts';
import { referencesOf } from './actions/documents.ts';
import type { StartedDelivery } from './deliveries.ts';
import { EXIT_CODES } from './exit.ts';
import { plain, print, printTable } from './output.ts';
import type { Session } from './session.ts';

interface Outcome {
  readonly id: string;
  readonly what: string;
  readonly state: string;
  readonly failure: RecordedFailure | null;
}

const GOOD = ['delivered', 'skipped', 'superseded'];

/** Waits until the deliveries have ended, shows how, and answers the exit code: 1 when one failed or has not ended in time. */
export async function printOutcomes(
  session: Session,
  started: readonly StartedDelivery[],
  timeoutMs: number,
): Promise<number> {
  const client = await session.temporal();
  const signal = AbortSignal.timeout(timeoutMs);
  await Promise.all(started.map((one) => untilEnded(client, one, signal)));
  const outcomes = await Promise.all(started.map((one) => outcomeOf(session, one)));
  print();
  printTable(
    ['DOCUMENT', 'WHAT', 'OUTCOME', 'REASON'],
    outcomes.map(({ id, what, state, failure }) => [id, what, state, failure?.code ?? '']),
  );
  for (const { id, failure } of outcomes) {
    if (failure) print(`\n${id}: ${plain(failure.message)} (${failure.code})\n  Next: ${plain(failure.next)}`);
  }
  return outcomes.every(({ state }) => GOOD.includes(state) || state === 'in the next file')
    ? EXIT_CODES.done
    : EXIT_CODES.failed;
}

/** Whether it ended well is asked of the ledger. */
async function untilEnded(client: Client, { workflowId, runId }: StartedDelivery, signal: AbortSignal): Promise<void> {
  try {
    await client.withAbortSignal(signal, () => client.workflow.getHandle(workflowId, runId).result());
  } catch (error) {
    if (!(error instanceof WorkflowFailedError) && !signal.aborted) throw error;
  }
}

async function outcomeOf(session: Session, { document }: StartedDelivery): Promise<Outcome> {
  const [now = document] = await documentsBetween(await session.ledger(), document.id, document.id);
  const what = `${now.kind} ${referencesOf(now)}`;
  const waitsForFile = now.batched && now.memberOf === null && now.state === 'transformed';
  const hasFailed = now.state === 'failed' || now.state === 'uncertain';
  const state = waitsForFile
    ? 'in the next file'
    : hasFailed || GOOD.includes(now.state)
      ? now.state
      : 'still on its way';
  return { id: now.id, what, state, failure: hasFailed ? now.failure : null };
}
