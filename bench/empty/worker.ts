import { fileURLToPath } from 'node:url';
import { NativeConnection, Worker } from '@temporalio/worker';

const nothing = async () => undefined;

/** A worker as the product's own, whose activities do nothing: what the server and the SDK alone can carry. */
const connection = await NativeConnection.connect({ address: process.env.TEMPORAL_ADDRESS ?? '' });
const worker = await Worker.create({
  connection,
  taskQueue: 'empty',
  workflowsPath: fileURLToPath(new URL('./workflows.ts', import.meta.url)),
  activities: { first: nothing, second: nothing, third: nothing },
  maxCachedWorkflows: 200,
  maxConcurrentWorkflowTaskExecutions: 40,
  maxConcurrentActivityTaskExecutions: 40,
  workflowTaskPollerBehavior: { type: 'autoscaling' },
  activityTaskPollerBehavior: { type: 'autoscaling' },
  stickyQueueScheduleToStartTimeout: '2s',
});
const ended = worker.run();
process.stdout.write(`${JSON.stringify({ ready: true })}\n`);
await ended;
await connection.close();
