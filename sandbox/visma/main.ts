import { parseArgs } from 'node:util';
import { startVismaSimulator, type VismaSimulatorOptions } from './simulator.ts';

const { values } = parseArgs({
  options: {
    host: { type: 'string', default: '127.0.0.1' },
    port: { type: 'string', default: '0' },
    mode: { type: 'string', default: 'strict' },
    limit: { type: 'string', default: '15000' },
    'window-ms': { type: 'string', default: '3600000' },
    'token-ttl-seconds': { type: 'string', default: '3600' },
    'client-id': { type: 'string', default: 'isv_sandbox' },
    'client-secret': { type: 'string', default: 'sandbox-secret' },
    tenant: { type: 'string', default: '11111111-1111-1111-1111-111111111111' },
    'max-page-size': { type: 'string', default: '1000' },
    'default-page-size': { type: 'string', default: '1000' },
    'zone-offset-minutes': { type: 'string', default: '60' },
    'skew-ms': { type: 'string', default: '0' },
  },
});

const options: VismaSimulatorOptions = {
  host: values.host,
  port: Number(values.port),
  settings: {
    // The schema of the settings refuses any other word, and numbers that are none.
    mode: values.mode as 'strict' | 'real',
    tokenTtlSeconds: Number(values['token-ttl-seconds']),
    maxPageSize: Number(values['max-page-size']),
    defaultPageSize: Number(values['default-page-size']),
    zoneOffsetMinutes: Number(values['zone-offset-minutes']),
    skewMs: Number(values['skew-ms']),
  },
  credentials: { clientId: values['client-id'], clientSecret: values['client-secret'], tenantId: values.tenant },
  limits: { limit: Number(values.limit), windowMs: Number(values['window-ms']) },
};

const simulator = await startVismaSimulator(options);
const stop = () => void simulator.close().then(() => process.exit(0));
process.once('SIGTERM', stop);
process.once('SIGINT', stop);
process.stdout.write(`${JSON.stringify({ ready: true, url: simulator.url, pid: process.pid })}\n`);
