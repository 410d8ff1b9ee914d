import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { zstdDecompress } from 'node:zlib';
import { Failure } from '../failures/failure.ts';
import { type BodyPlace, CHUNK_BYTES, placeOf } from './bodies.ts';
import type { Ledger } from './database.ts';
import type { BodyRow } from './schema.ts';
import { unseal } from './sealing.ts';

const decompress = promisify(zstdDecompress);

/** Bytes from `offset` on, at most `length` of them. */
export interface ByteRange {
  readonly offset: number;
  readonly length: number;
}

/**
 * Streams the bytes of a body, or of the range that starts at `offset` and has `length` bytes. Read as a whole, they are
 * what was stored in one piece: bytes of a body that is stored anew meanwhile do not mix with it unnoticed.
 * @throws Failure LEDGER_BODY_MISSING, LEDGER_BODY_FORGOTTEN, LEDGER_SEAL_BROKEN, INTENT_MOVED when it was stored anew while it was read
 */
export async function* readBody(
  ledger: Ledger,
  body: BodyPlace,
  range: ByteRange = { offset: 0, length: Number.POSITIVE_INFINITY },
): AsyncGenerator<Buffer> {
  const begin = Math.floor(range.offset / CHUNK_BYTES);
  const { sealed, ...head } = await headAndChunk(ledger, body, begin);
  const end = Math.min(range.offset + range.length, head.byteSize);
  const hash = createHash('sha256');
  for (let position = begin; position * CHUNK_BYTES < end; position += 1) {
    const chunk = position === begin ? sealed : await sealedChunk(ledger, body, position);
    const plain = await opened(ledger, body, head, { position, sealed: chunk });
    const start = position * CHUNK_BYTES;
    const wanted = plain.subarray(Math.max(0, range.offset - start), end - start);
    hash.update(wanted);
    yield wanted;
  }
  const isWhole = range.offset === 0 && end === head.byteSize;
  if (isWhole && !hash.digest().equals(head.sha256)) await standBack(ledger, body, head.sha256, sealBroken(body));
}

/** What cannot be read because another attempt has stored the body anew is no damage; everything else is. */
async function standBack(ledger: Ledger, body: BodyPlace, sha256: Buffer, error: unknown): Promise<never> {
  const head = await bodyHead(ledger, body);
  if (head.sha256.equals(sha256)) throw error;
  throw new Failure('INTENT_MOVED', {
    message: `The ${body.role} of document ${body.documentId} was stored anew while it was read.`,
    cause: error,
  });
}

function sealBroken({ documentId, role }: BodyPlace): Failure {
  return new Failure('LEDGER_SEAL_BROKEN', {
    message: `The ${role} of document ${documentId} is not what was stored: its hash differs.`,
  });
}

async function sealedChunk({ db }: Ledger, body: BodyPlace, position: number): Promise<Buffer | null> {
  const row = await db
    .selectFrom('bodyChunk')
    .select('sealed')
    .where('documentId', '=', body.documentId)
    .where('role', '=', body.role)
    .where('position', '=', position)
    .executeTakeFirst();
  return row?.sealed ?? null;
}

async function openChunk(
  body: BodyPlace,
  key: Buffer,
  { sealed, position, isLast }: { readonly sealed: Buffer | null; readonly position: number; readonly isLast: boolean },
): Promise<Buffer> {
  if (sealed === null) {
    throw new Failure('LEDGER_BODY_MISSING', {
      message: `Chunk ${position} of the ${body.role} of document ${body.documentId} is missing in the ledger.`,
    });
  }
  return decompress(unseal(key, sealed, placeOf(body, position, isLast)));
}

/** Whether the document has a body of this role. */
export async function hasBody({ db }: Ledger, { documentId, role }: BodyPlace): Promise<boolean> {
  const row = await db
    .selectFrom('body')
    .select('role')
    .where('documentId', '=', documentId)
    .where('role', '=', role)
    .executeTakeFirst();
  return row !== undefined;
}

/** Size, hash and key of a body that can be read. @throws Failure LEDGER_BODY_MISSING, LEDGER_BODY_FORGOTTEN */
export async function bodyHead({ db }: Ledger, body: BodyPlace) {
  const head = await db
    .selectFrom('body')
    .selectAll()
    .where('documentId', '=', body.documentId)
    .where('role', '=', body.role)
    .executeTakeFirst();
  return readable(body, head);
}

/** The same, and one of its chunks as it is stored; null where it is missing. */
async function headAndChunk({ db }: Ledger, body: BodyPlace, position: number) {
  const head = await db
    .selectFrom('body')
    .leftJoin('bodyChunk as chunk', (join) =>
      join
        .onRef('chunk.documentId', '=', 'body.documentId')
        .onRef('chunk.role', '=', 'body.role')
        .on('chunk.position', '=', position),
    )
    .selectAll('body')
    .select('chunk.sealed')
    .where('body.documentId', '=', body.documentId)
    .where('body.role', '=', body.role)
    .executeTakeFirst();
  return readable(body, head);
}

function readable<Head extends BodyRow>({ documentId, role }: BodyPlace, head: Head | undefined): Head {
  if (!head)
    throw new Failure('LEDGER_BODY_MISSING', { message: `Document ${documentId} has no ${role} in the ledger.` });
  if (head.forgottenAt === null) return head;
  const day = head.forgottenAt.toISOString().slice(0, 10);
  throw new Failure('LEDGER_BODY_FORGOTTEN', {
    message: `The ${role} of document ${documentId} was forgotten on ${day}, as its integration's \`keepBodies\` says; its hash is kept.`,
  });
}

/** Reads a value stored as JSON. */
export async function readJson(ledger: Ledger, body: BodyPlace): Promise<unknown> {
  return JSON.parse((await readBytes(ledger, body)).toString('utf8'));
}

/** The bytes of a body, or of a range of it, at once: for records and canonical documents, which are small. */
export async function readBytes(ledger: Ledger, body: BodyPlace, range?: ByteRange): Promise<Buffer> {
  if (range !== undefined) return readRange(ledger, body, range);
  const chunks: Buffer[] = [];
  for await (const chunk of readBody(ledger, body)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** The records of a file are asked for one by one: its chunks stay open for a while. */
async function readRange(ledger: Ledger, body: BodyPlace, { offset, length }: ByteRange): Promise<Buffer> {
  const head = await bodyHead(ledger, body);
  const end = Math.min(offset + length, head.byteSize);
  const parts: Buffer[] = [];
  for (let position = Math.floor(offset / CHUNK_BYTES); position * CHUNK_BYTES < end; position += 1) {
    const name = `${body.documentId}/${body.role}/${position}/${head.sha256.toString('hex')}`;
    const plain = await ledger.opened.get(name, async () =>
      opened(ledger, body, head, { position, sealed: await sealedChunk(ledger, body, position) }),
    );
    const start = position * CHUNK_BYTES;
    parts.push(plain.subarray(Math.max(0, offset - start), end - start));
  }
  return Buffer.concat(parts);
}

/** A chunk in clear, or the reason why it cannot be opened: that it was damaged, or stored anew meanwhile. */
async function opened(
  ledger: Ledger,
  body: BodyPlace,
  head: BodyRow,
  { position, sealed }: { readonly position: number; readonly sealed: Buffer | null },
): Promise<Buffer> {
  const key = await ledger.keys.keyFor(head.keyPurpose);
  const opening = openChunk(body, key, { sealed, position, isLast: position === head.chunks - 1 });
  return opening.catch((error: unknown) => standBack(ledger, body, head.sha256, error));
}
