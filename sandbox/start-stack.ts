import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { removeDevFile, writeDevFile } from './dev-file.ts';
import { forgetState } from './home.ts';
import { row } from './say.ts';
import { type Foundation, Stack } from './stack.ts';
import { given, portsOf, type StackOptions } from './stack-options.ts';
import { keepPostgres, keepSftp, keepTemporal, keepVisma, type PartContext, postgresPassword } from './stack-parts.ts';
import { Supervisor } from './supervisor.ts';
import { temporalAnswers } from './temporal.ts';

/**
 * Brings up the local run in its home folder, and says what it does. Answers when the worker polls and `prepare` is done.
 *
 * Throws `LockHeld` when another run lives in the same home. When anything else fails, or `signal` aborts, everything
 * that was started is ended before it throws.
 */
export async function startStack(options: StackOptions): Promise<Stack> {
  const ports = portsOf(options.env);
  const supervisor = await Supervisor.open({ folder: options.home, lifetime: options.lifetime ?? 'kept' });
  const abort = () => void supervisor.close();
  options.signal?.addEventListener('abort', abort);
  // The file goes first: who reads it shall not find processes that are being stopped.
  supervisor.closing.addEventListener('abort', () => removeDevFile(options.home));
  try {
    if (options.signal?.aborted) throw options.signal.reason;
    if (supervisor.recovered.length > 0) {
      options.say(row('Recovered', `ended what a killed run had left: ${supervisor.recovered.join(', ')}`));
    }
    removeDevFile(options.home);
    if (options.state === 'fresh') forgetState(options.home);
    return await bringUp({ supervisor, options, ports, changed: () => {} });
  } catch (error) {
    await supervisor.close();
    throw error;
  }
}

async function bringUp(base: PartContext): Promise<Stack> {
  const { supervisor, options } = base;
  for (const log of ['postgres', 'temporal', 'visma', 'sftp', 'worker']) supervisor.turnOverLog(log);
  let stack: Stack | undefined;
  const changed = () => {
    if (stack !== undefined && !supervisor.closing.aborted) writeDevFile(options.home, stack.description);
  };
  const context = { ...base, changed };
  stack = new Stack(context, await startFoundation(context));
  await options.beforeWorker?.(stack);
  if (options.worker !== 'down') await stack.startWorker();
  changed();
  await options.prepare?.(stack);
  return stack;
}

async function startFoundation(context: PartContext): Promise<Foundation> {
  const [postgres, temporal, visma, sftp] = await Promise.all([
    postgresOf(context),
    temporalOf(context),
    keepVisma(context),
    keepSftp(context),
  ]);
  return { postgres, temporal, visma, sftp };
}

async function postgresOf(context: PartContext): Promise<Foundation['postgres']> {
  const { env, home, say } = context.options;
  const url = given(env, 'DATABASE_URL');
  if (url === undefined) {
    const kept = await keepPostgres(
      context,
      postgresPassword(home, () => randomBytes(18).toString('base64url')),
    );
    return { url: kept.current.url, kept };
  }
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  await client.connect().catch((error: unknown) => {
    throw new Error('The database that DATABASE_URL names does not accept a connection.', { cause: error });
  });
  await client.end();
  say(row('Postgres', `${new URL(url).host} (DATABASE_URL)`));
  return { url, kept: undefined };
}

async function temporalOf(context: PartContext): Promise<Foundation['temporal']> {
  const { env, say } = context.options;
  const address = given(env, 'TEMPORAL_ADDRESS');
  if (address === undefined) {
    const kept = await keepTemporal(context);
    return { address: kept.current.address, kept };
  }
  await temporalAnswers(address).catch((error: unknown) => {
    throw new Error(`No Temporal server answers at ${address}, which TEMPORAL_ADDRESS names.`, { cause: error });
  });
  say(row('Temporal', `${address} (TEMPORAL_ADDRESS)`));
  return { address, kept: undefined };
}
