import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import type { DataConverter } from '@temporalio/common';
import type { TemporalSettings } from '../config/environment.ts';
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

/** A client of Temporal; close its `connection` at the end. Throws when the server cannot be reached within 10 s. */
export async function connectClient(settings: TemporalSettings): Promise<Client> {
  const connection = await Connection.connect({ ...connectionOptions(settings), connectTimeout: '10s' });
  return new Client({ connection, namespace: settings.namespace, dataConverter: dataConverter(settings) });
}
