import { flushCompileCache } from 'node:module';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { pino } from 'pino';
import type { Log } from '../activities/log.ts';
import { type EnvironmentSettings, readEnvironment } from '../config/environment.ts';
import { Failure } from '../failures/failure.ts';
import { ledgerFailure } from '../ledger/ledger-failure.ts';
import { migrate } from '../ledger/migrate.ts';
import { openLedger } from '../ledger/open.ts';
import { connectClient } from './connect.ts';
import { createWorker } from './create-worker.ts';
import { faultSeam } from './fault-seam.ts';
import { serveHealth } from './health.ts';
import { scraper } from './metrics/scrape.ts';
import { freeLoopbackAddress } from './metrics/sdk-metrics.ts';
import { startWebhooks } from './webhooks/start.ts';

/** The worker process: migrates the ledger, polls Temporal, says on stdout when it is ready, and ends on SIGTERM. */
async function main(): Promise<void> {
  const settings = readEnvironment(process.env);
  const log = pino({ level: settings.worker.logLevel }, pino.destination(2));
  const sdkAddress = await freeLoopbackAddress();
  Runtime.install({
    shutdownSignals: ['SIGTERM', 'SIGINT', 'SIGHUP'],
    logger: new DefaultLogger('WARN', (entry) => log.warn({ temporal: entry.level }, entry.message)),
    telemetryOptions: {
      metrics: {
        prometheus: {
          bindAddress: sdkAddress,
          countersTotalSuffix: true,
          unitSuffix: true,
          useSecondsForDurations: true,
        },
      },
    },
  });
  const ledger = await migratedLedger(settings.ledger, log);
  const client = await connectClient(settings.temporal);
  const { worker, connection } = await createWorker({ settings, ledger, client, log, at: faultSeam(process.env) });
  const webhooks = await startWebhooks(settings.worker.webhooks, { ledger, client, log });
  const isRunning = () => worker.getState() === 'RUNNING';
  const { healthHost, healthPort } = settings.worker;
  const health = await serveHealth(
    {
      isReady: isRunning,
      isAlive: () => worker.getState() !== 'FAILED',
      metrics: scraper(ledger, sdkAddress, webhooks.counts),
    },
    healthHost,
    healthPort,
  );
  const ended = worker.run();
  process.stdout.write(
    `${JSON.stringify({ ready: true, pid: process.pid, health: health.url, webhooks: webhooks.url })}\n`,
  );
  // A worker that is killed would keep nothing of what it has compiled for the next start.
  flushCompileCache();
  await ended;
  webhooks.close();
  health.close();
  await connection.close();
  await client.connection.close();
  await ledger.close();
}

/** @throws Failure LEDGER_UNREACHABLE */
async function migratedLedger(settings: EnvironmentSettings['ledger'], log: Log) {
  try {
    const ran = await migrate(settings.migrationUrl);
    if (ran.length > 0) log.info({ migrations: ran }, 'ledger migrated');
    return await openLedger(settings);
  } catch (error) {
    throw ledgerFailure(error);
  }
}

main().catch((error: unknown) => {
  const log = pino({}, pino.destination({ dest: 2, sync: true }));
  if (error instanceof Failure) log.fatal({ code: error.code, next: error.next }, error.message);
  else log.fatal({ err: error }, 'the worker could not start');
  process.exitCode = 1;
});
