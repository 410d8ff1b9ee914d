import { createHash } from 'node:crypto';
import type { Payload, PayloadCodec } from '@temporalio/common';
import { METADATA_ENCODING_KEY } from '@temporalio/common';
import proto from '@temporalio/proto';
import { Failure } from '../failures/failure.ts';
import { seal, unseal } from '../ledger/sealing.ts';

const ENCODING = 'binary/encrypted';
const KEY_NAME = 'key';
const CONTEXT = 'temporal payload';
const { Payload: PayloadMessage } = proto.temporal.api.common.v1;

/** Encrypts everything Temporal keeps of inputs, results and failures with AES-256-GCM. The key's name travels with it, for rotation. */
export function payloadCodec(keyBase64: string): PayloadCodec {
  const key = Buffer.from(keyBase64, 'base64');
  if (key.length !== 32) {
    throw new Failure('ENVIRONMENT_INVALID', { message: 'ML_CONNECTOR_PAYLOAD_KEY must be 32 bytes in base64.' });
  }
  const name = createHash('sha256').update('payload').update(key).digest('hex').slice(0, 8);
  return {
    encode: async (payloads) => payloads.map((payload) => encode(payload, key, name)),
    decode: async (payloads) => payloads.map((payload) => decode(payload, key, name)),
  };
}

function encode(payload: Payload, key: Buffer, name: string): Payload {
  const plain = PayloadMessage.encode(payload).finish();
  return {
    metadata: { [METADATA_ENCODING_KEY]: Buffer.from(ENCODING), [KEY_NAME]: Buffer.from(name) },
    data: seal(key, plain, CONTEXT),
  };
}

function decode(payload: Payload, key: Buffer, name: string): Payload {
  if (Buffer.from(payload.metadata?.[METADATA_ENCODING_KEY] ?? '').toString() !== ENCODING) return payload;
  const usedKey = Buffer.from(payload.metadata?.[KEY_NAME] ?? '').toString();
  if (usedKey !== name) {
    throw new Failure('ENVIRONMENT_INVALID', {
      message: `A payload was encrypted with key ${usedKey}; ML_CONNECTOR_PAYLOAD_KEY is ${name}.`,
    });
  }
  return PayloadMessage.decode(unseal(key, Buffer.from(payload.data ?? []), CONTEXT));
}
