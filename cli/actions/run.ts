import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Client,
  type ScheduleDescription,
  type ScheduleHandle,
  ScheduleNotFoundError,
  ScheduleOverlapPolicy,
  WorkflowFailedError,
} from '@temporalio/client';
import { Failure } from '../../failures/failure.ts';
import { pausedFlows } from '../../ledger/brakes.ts';
import { batchOutcome } from '../../ledger/queries/batches.ts';
import { EXIT_CODES } from '../exit.ts';
import { appliedFlow } from '../names.ts';
import { counted, plain, print } from '../output.ts';
import type { Session } from '../session.ts';
import { waitingFor, waitingText } from '../waiting-for.ts';

export interface RunOptions {
  readonly wait?: boolean;
}

const LOOK_EVERY_MS = 200;
/** How often whoever waits is told what the run itself waits for. */
const TELL_EVERY_MS = 2_000;

/** Triggers a flow's schedule, one start waiting at most, and says what became of it. */
export async function run(session: Session, given: string, options: RunOptions): Promise<number> {
  const { name } = await appliedFlow(session, given);
  const client = await session.temporal();
  const handle = client.schedule.getHandle(name);
  const before = await describe(handle);
  print(`${name}: ${await triggerAfter(handle, before)}`);
  await warnOfBrake(session, name);
  return options.wait ? ended(session, client, handle, before) : EXIT_CODES.done;
}

/** Triggers the schedule of a flow, by its full name, and does not wait for the run. */
export async function trigger(session: Session, name: string): Promise<void> {
  const handle = (await session.temporal()).schedule.getHandle(name);
  await triggerAfter(handle, await describe(handle));
  await warnOfBrake(session, name);
}

async function triggerAfter(handle: ScheduleHandle, before: ScheduleDescription): Promise<string> {
  const isRunning = before.info.runningActions.length > 0;
  const isQueued = isRunning && Number(before.raw.info?.bufferSize ?? 0) > 0;
  if (!isQueued) await handle.trigger(ScheduleOverlapPolicy.BUFFER_ONE);
  return isQueued ? 'already queued' : isRunning ? 'queued' : 'started';
}

async function describe(handle: ScheduleHandle): Promise<ScheduleDescription> {
  try {
    return await handle.describe();
  } catch (error) {
    if (!(error instanceof ScheduleNotFoundError)) throw error;
    throw new Failure('NAME_UNKNOWN', {
      message: `Flow ${handle.scheduleId} has no schedule in Temporal.`,
      next: 'Run `ml-connector apply`, which makes it.',
    });
  }
}

async function warnOfBrake(session: Session, flow: string): Promise<void> {
  const brake = (await pausedFlows(await session.ledger())).find((paused) => paused.flow === flow);
  if (brake) process.stderr.write(`${flow} is paused (${brake.reason}): nothing is sent until it is resumed.\n`);
}

/** Waits for the first run that was not there before, and says what keeps it, or the one before it, from getting on. */
async function ended(
  session: Session,
  client: Client,
  handle: ScheduleHandle,
  before: ScheduleDescription,
): Promise<number> {
  const { workflowId, failure } = await whileTelling(client, handle, async () => {
    const { workflowId, firstExecutionRunId } = await newRun(handle, before);
    return { workflowId, failure: await failureOfRun(client, workflowId, firstExecutionRunId) };
  });
  const batch = await batchOutcome(await session.ledger(), handle.scheduleId, workflowId);
  const states = batch?.states.map(({ state, count }) => `${count} ${state}`).join(', ');
  const documents = batch && counted(batch.documents, 'document');
  if (failure === undefined)
    print(`${handle.scheduleId}: done${documents ? `, ${documents}` : ''}${states ? ` (${states})` : ''}`);
  else print(`${handle.scheduleId}: the run failed: ${failure}`);
  return failure === undefined ? EXIT_CODES.done : EXIT_CODES.failed;
}

/** Tells on the standard error, once, each reason for which the run that is open waits. */
async function whileTelling<T>(client: Client, handle: ScheduleHandle, work: () => Promise<T>): Promise<T> {
  let told: string | undefined;
  const tell = async () => {
    const [running] = (await handle.describe()).info.runningActions;
    const waiting = running && (await waitingFor(client, running.workflow.workflowId));
    if (waiting === undefined || waiting.because === told) return;
    process.stderr.write(`${running?.workflow.workflowId} waits: ${plain(waitingText(waiting))}\n`);
    told = waiting.because;
  };
  // The run may end between two questions; the next look, or its outcome, says so.
  const telling = setInterval(() => void tell().catch(() => undefined), TELL_EVERY_MS);
  try {
    return await work();
  } finally {
    clearInterval(telling);
  }
}

async function newRun(handle: ScheduleHandle, before: ScheduleDescription) {
  const known = new Set(before.info.recentActions.map(({ action }) => action.workflow.firstExecutionRunId));
  for (;;) {
    const { info } = await handle.describe();
    const fresh = info.recentActions.find(({ action }) => !known.has(action.workflow.firstExecutionRunId));
    if (fresh) return fresh.action.workflow;
    await sleep(LOOK_EVERY_MS);
  }
}

async function failureOfRun(client: Client, workflowId: string, runId: string): Promise<string | undefined> {
  try {
    await client.workflow.getHandle(workflowId, runId).result();
    return undefined;
  } catch (error) {
    if (error instanceof WorkflowFailedError) return rootMessage(error);
    throw error;
  }
}

function rootMessage(error: Error): string {
  return error.cause instanceof Error ? rootMessage(error.cause) : error.message;
}
