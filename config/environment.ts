import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { z } from 'zod';
import { Failure } from '../failures/failure.ts';

type Variables = Readonly<Record<string, string | undefined>>;

const text = z.string().min(1);
const wholeNumber = (least: number, most: number) => z.coerce.number().int().min(least).max(most);
const flag = z.enum(['true', 'false']).transform((value) => value === 'true');

/** Variables as they stand in the environment, before anything is made of them. */
const variables = z.object({
  DATABASE_URL: text,
  /** A login that owns the schema, where the one above may not change it. */
  DATABASE_MIGRATION_URL: text.optional(),
  ML_CONNECTOR_MASTER_KEY: text,
  ML_CONNECTOR_MASTER_KEY_PREVIOUS: text.optional(),
  /** 32 bytes in base64; when set, everything Temporal keeps is encrypted with it. */
  ML_CONNECTOR_PAYLOAD_KEY: text.optional(),
  TEMPORAL_ADDRESS: text.default('127.0.0.1:7233'),
  TEMPORAL_NAMESPACE: text.default('default'),
  TEMPORAL_TASK_QUEUE: text.default('ml-connector'),
  TEMPORAL_API_KEY: text.optional(),
  TEMPORAL_TLS: flag.optional(),
  TEMPORAL_TLS_CLIENT_CERT_PATH: text.optional(),
  TEMPORAL_TLS_CLIENT_KEY_PATH: text.optional(),
  TEMPORAL_TLS_SERVER_CA_CERT_PATH: text.optional(),
  TEMPORAL_TLS_SERVER_NAME: text.optional(),
  /** The folder where workflow bundles are kept from one start to the next; `node workers/bundle.ts` fills it ahead. */
  ML_CONNECTOR_BUNDLE_CACHE: text.default('node_modules/.cache/ml-connector'),
  ML_CONNECTOR_CACHED_WORKFLOWS: wholeNumber(0, 100_000).default(200),
  ML_CONNECTOR_WORKFLOW_SLOTS: wholeNumber(1, 1000).default(40),
  ML_CONNECTOR_ACTIVITY_SLOTS: wholeNumber(1, 1000).default(40),
  ML_CONNECTOR_HEALTH_HOST: text.default('127.0.0.1'),
  ML_CONNECTOR_HEALTH_PORT: wholeNumber(0, 65_535).default(0),
  /** Where notifications are received; without a port they are not. */
  ML_CONNECTOR_WEBHOOK_HOST: text.default('127.0.0.1'),
  ML_CONNECTOR_WEBHOOK_PORT: wholeNumber(0, 65_535).optional(),
  /** Where alerts are posted, and the key that signs them; both or neither. */
  ML_CONNECTOR_ALERT_URL: z.url({ protocol: /^https?$/ }).optional(),
  ML_CONNECTOR_ALERT_KEY: z.string().min(16).optional(),
  ML_CONNECTOR_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
  ML_CONNECTOR_SWEEP_AFTER_SECONDS: wholeNumber(1, 86_400).default(300),
});

/** How Temporal is reached. */
export interface TemporalSettings {
  readonly address: string;
  readonly namespace: string;
  readonly taskQueue: string;
  readonly apiKey: string | undefined;
  /** Undefined: no TLS. Certificates are PEM. */
  readonly tls:
    | undefined
    | {
        readonly serverNameOverride?: string;
        readonly serverRootCACertificate?: Buffer;
        readonly clientCertPair?: { readonly crt: Buffer; readonly key: Buffer };
      };
  readonly payloadKey: string | undefined;
}

/** Everything a process is told by its environment. */
export interface EnvironmentSettings {
  readonly ledger: {
    readonly databaseUrl: string;
    readonly migrationUrl: string;
    readonly masterKey: string;
    readonly previousMasterKey: string | undefined;
  };
  readonly temporal: TemporalSettings;
  readonly worker: {
    readonly name: string;
    readonly bundleCache: string;
    readonly cachedWorkflows: number;
    readonly workflowSlots: number;
    readonly activitySlots: number;
    readonly healthHost: string;
    readonly healthPort: number;
    readonly alertSink: undefined | { readonly url: string; readonly key: string };
    readonly webhooks: undefined | { readonly host: string; readonly port: number };
    readonly logLevel: 'debug' | 'info' | 'warn' | 'error';
    readonly sweepAfterMs: number;
  };
}

/**
 * Reads the environment. Empty variables count as not set.
 * @throws Failure ENVIRONMENT_INVALID, which names every variable that is missing or wrong, never a value
 */
export function readEnvironment(env: Variables): EnvironmentSettings {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = variables.safeParse(given);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => {
      const name = String(path[0]);
      return `${name} ${given[name] === undefined ? 'is not set' : `is wrong (${message})`}`;
    });
    throw new Failure('ENVIRONMENT_INVALID', { message: `The environment is incomplete: ${problems.join('; ')}.` });
  }
  const read = parsed.data;
  return {
    ledger: {
      databaseUrl: read.DATABASE_URL,
      migrationUrl: read.DATABASE_MIGRATION_URL ?? read.DATABASE_URL,
      masterKey: read.ML_CONNECTOR_MASTER_KEY,
      previousMasterKey: read.ML_CONNECTOR_MASTER_KEY_PREVIOUS,
    },
    temporal: {
      address: read.TEMPORAL_ADDRESS,
      namespace: read.TEMPORAL_NAMESPACE,
      taskQueue: read.TEMPORAL_TASK_QUEUE,
      apiKey: read.TEMPORAL_API_KEY,
      tls: tlsOf(read),
      payloadKey: read.ML_CONNECTOR_PAYLOAD_KEY,
    },
    worker: {
      name: `${hostname()}:${process.pid}`,
      bundleCache: read.ML_CONNECTOR_BUNDLE_CACHE,
      cachedWorkflows: read.ML_CONNECTOR_CACHED_WORKFLOWS,
      workflowSlots: read.ML_CONNECTOR_WORKFLOW_SLOTS,
      activitySlots: read.ML_CONNECTOR_ACTIVITY_SLOTS,
      healthHost: read.ML_CONNECTOR_HEALTH_HOST,
      healthPort: read.ML_CONNECTOR_HEALTH_PORT,
      alertSink: alertSinkOf(read),
      webhooks: webhooksOf(read),
      logLevel: read.ML_CONNECTOR_LOG_LEVEL,
      sweepAfterMs: read.ML_CONNECTOR_SWEEP_AFTER_SECONDS * 1000,
    },
  };
}

function alertSinkOf({ ML_CONNECTOR_ALERT_URL: url, ML_CONNECTOR_ALERT_KEY: key }: z.infer<typeof variables>) {
  if (url !== undefined && key !== undefined) return { url, key };
  if (url === undefined && key === undefined) return undefined;
  throw new Failure('ENVIRONMENT_INVALID', {
    message: 'ML_CONNECTOR_ALERT_URL and ML_CONNECTOR_ALERT_KEY go together; one is missing.',
  });
}

function webhooksOf({ ML_CONNECTOR_WEBHOOK_HOST: host, ML_CONNECTOR_WEBHOOK_PORT: port }: z.infer<typeof variables>) {
  return port === undefined ? undefined : { host, port };
}

/** TLS is on when asked for, with an API key (Temporal Cloud), or when a certificate is given. */
function tlsOf(read: z.infer<typeof variables>): TemporalSettings['tls'] {
  const { TEMPORAL_TLS_CLIENT_CERT_PATH: crt, TEMPORAL_TLS_CLIENT_KEY_PATH: key } = read;
  const ca = read.TEMPORAL_TLS_SERVER_CA_CERT_PATH;
  if ((crt === undefined) !== (key === undefined)) {
    throw new Failure('ENVIRONMENT_INVALID', {
      message: 'TEMPORAL_TLS_CLIENT_CERT_PATH and TEMPORAL_TLS_CLIENT_KEY_PATH go together; one is missing.',
    });
  }
  const isOn = read.TEMPORAL_TLS ?? (read.TEMPORAL_API_KEY !== undefined || crt !== undefined || ca !== undefined);
  if (!isOn) return undefined;
  return {
    ...(read.TEMPORAL_TLS_SERVER_NAME ? { serverNameOverride: read.TEMPORAL_TLS_SERVER_NAME } : {}),
    ...(ca ? { serverRootCACertificate: readFileSync(ca) } : {}),
    ...(crt && key ? { clientCertPair: { crt: readFileSync(crt), key: readFileSync(key) } } : {}),
  };
}
