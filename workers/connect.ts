import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import type { DataConverter } from '@temporalio/common';
import type { TemporalSettings } from '../config/environment.ts';
import { Failure } from '../failures/failure.ts';
import { payloadCodec } from './payload-codec.ts';

const FAILURE_CONVERTER = fileURLToPath(new URL('./failure-converter.ts', import.meta.url));

/** How values travel to Temporal: in clear without a payload key; with one encrypted, failure messages and stacks included. */
export function dataConverter({ payloadKey }: Pick<TemporalSettings, 'payloadKey'>): DataConverter {
  if (payloadKey === undefined) return {};
  return { payloadCodecs: [payloadCodec(payloadKey)], failureConverterPath: FAILURE_CONVERTER };
}

/** Address, TLS and API key as the SDK takes them. */
export function connectionOptions({ address, tls, apiKey }: TemporalSettings) {
  return { address, ...(tls === undefined ? {} : { tls }), ...(apiKey === undefined ? {} : { apiKey }) };
}

/**
 * A client of Temporal; close its `connection` at the end.
 * @throws Failure TEMPORAL_UNREACHABLE when the server does not answer within 10 s
 */
export async function connectClient(settings: TemporalSettings): Promise<Client> {
  const options = { ...connectionOptions(settings), connectTimeout: '10s' } as const;
  const connection = await Connection.connect(options).catch((cause: unknown) => {
    if (cause instanceof Failure) throw cause;
    throw new Failure('TEMPORAL_UNREACHABLE', { message: `Temporal does not answer at ${settings.address}.`, cause });
  });
  return new Client({ connection, namespace: settings.namespace, dataConverter: dataConverter(settings) });
}
