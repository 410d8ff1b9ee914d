import { createServer, type Server, type ServerResponse } from 'node:http';
import { monitorEventLoopDelay } from 'node:perf_hooks';

/** Above this the process cannot keep up and should be replaced, in milliseconds. */
const LOOP_DELAY_LIMIT_MS = 5_000;

/** What the probes of an orchestrator ask. */
export interface Health {
  /** Polls for work. */
  readonly isReady: () => boolean;
  /** Runs at all; never depends on Temporal or a partner being there, or an outage would restart every worker. */
  readonly isAlive: () => boolean;
  /** In Prometheus' text format. */
  readonly metrics: () => Promise<string>;
}

/** Serves `/ready` and `/live` with 200 or 503, and `/metrics`. Port 0 takes a free one. */
export async function serveHealth(health: Health, host: string, port: number): Promise<{ url: string; close(): void }> {
  const delay = monitorEventLoopDelay({ resolution: 100 });
  delay.enable();
  const isAlive = () => {
    // Since the last probe; not a number when nothing was measured yet.
    const isSlow = delay.mean / 1e6 > LOOP_DELAY_LIMIT_MS;
    delay.reset();
    return health.isAlive() && !isSlow;
  };
  const checks: Record<string, () => boolean> = { '/ready': health.isReady, '/live': isAlive };
  const server = createServer((request, response) => {
    if (request.url === '/metrics') return void answerMetrics(health, response);
    const check = checks[request.url ?? ''];
    response.writeHead(check ? (check() ? 200 : 503) : 404, { 'content-type': 'text/plain' });
    response.end(check ? (check() ? 'ok\n' : 'not ok\n') : 'try /ready, /live or /metrics\n');
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve));
  return { url: addressOf(server, host), close: () => void server.close() };
}

async function answerMetrics({ metrics }: Health, response: ServerResponse): Promise<void> {
  const text = await metrics();
  response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' }).end(text);
}

function addressOf(server: Server, host: string): string {
  const address = server.address();
  return `http://${host}:${typeof address === 'object' && address ? address.port : 0}`;
}
