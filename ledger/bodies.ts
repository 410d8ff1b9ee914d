import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { zstdCompress, zstdDecompress } from 'node:zlib';
import { Failure } from '../failures/failure.ts';
import { inTransaction, type Ledger } from './database.ts';
import type { BodyRole } from './schema.ts';
import { seal, unseal } from './sealing.ts';

const compress = promisify(zstdCompress);
const decompress = promisify(zstdDecompress);

/** Bytes of plain text a chunk; a byte range is read by opening only the chunks it touches. */
const CHUNK_BYTES = 1024 * 1024;

/** What was stored: size in bytes and SHA-256 of the plain bytes. */
export interface StoredBody {
  readonly byteSize: number;
  readonly sha256: Buffer;
}

/** Which body, and whose connection's key seals it. */
export interface BodyPlace {
  readonly documentId: string;
  readonly role: BodyRole;
}

/** Bytes from `offset` on, at most `length` of them. */
export interface ByteRange {
  readonly offset: number;
  readonly length: number;
}

/** The authenticated place of a chunk. Only the last one says so, which is how a cut tail is noticed. */
function placeOf(body: BodyPlace, position: number, isLast: boolean): string {
  return `${body.documentId}/${body.role}/${position}${isLast ? '/last' : ''}`;
}

/** Streams a body into the ledger, compressed and sealed, replacing what was there. Durable when the transaction commits. */
export async function storeBody(
  ledger: Ledger,
  body: BodyPlace & { readonly connection: string },
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<StoredBody> {
  const keyPurpose = `connection:${body.connection}`;
  const key = await ledger.keys.keyFor(keyPurpose);
  const hash = createHash('sha256');
  return inTransaction(ledger, async (tx) => {
    await deleteBody(tx, body);
    let chunks = 0;
    let byteSize = 0;
    for await (const { bytes, isLast } of chunked(source)) {
      hash.update(bytes);
      byteSize += bytes.length;
      const sealed = seal(key, await compress(bytes), placeOf(body, chunks, isLast));
      await tx.db
        .insertInto('bodyChunk')
        .values({ documentId: body.documentId, role: body.role, position: chunks, sealed })
        .execute();
      chunks += 1;
    }
    const sha256 = hash.digest();
    await tx.db
      .insertInto('body')
      .values({ documentId: body.documentId, role: body.role, keyPurpose, byteSize, sha256, chunks })
      .execute();
    return { byteSize, sha256 };
  });
}

/** Forgets a body, if it is there. */
export async function deleteBody({ db }: Ledger, { documentId, role }: BodyPlace): Promise<void> {
  await db.deleteFrom('body').where('documentId', '=', documentId).where('role', '=', role).execute();
}

/**
 * Streams the bytes of a body, or of the range that starts at `offset` and has `length` bytes.
 * @throws Failure LEDGER_BODY_MISSING, LEDGER_SEAL_BROKEN
 */
export async function* readBody(
  ledger: Ledger,
  body: BodyPlace,
  range: ByteRange = { offset: 0, length: Number.POSITIVE_INFINITY },
): AsyncGenerator<Buffer> {
  const head = await bodyHead(ledger, body);
  const key = await ledger.keys.keyFor(head.keyPurpose);
  const end = Math.min(range.offset + range.length, head.byteSize);
  for (let position = Math.floor(range.offset / CHUNK_BYTES); position * CHUNK_BYTES < end; position += 1) {
    const plain = await readChunk(ledger, body, key, position, position === head.chunks - 1);
    const start = position * CHUNK_BYTES;
    yield plain.subarray(Math.max(0, range.offset - start), end - start);
  }
}

async function readChunk(
  ledger: Ledger,
  body: BodyPlace,
  key: Buffer,
  position: number,
  isLast: boolean,
): Promise<Buffer> {
  const row = await ledger.db
    .selectFrom('bodyChunk')
    .select('sealed')
    .where('documentId', '=', body.documentId)
    .where('role', '=', body.role)
    .where('position', '=', position)
    .executeTakeFirst();
  if (!row) {
    throw new Failure('LEDGER_BODY_MISSING', {
      message: `Chunk ${position} of the ${body.role} of document ${body.documentId} is missing in the ledger.`,
    });
  }
  return decompress(unseal(key, row.sealed, placeOf(body, position, isLast)));
}

/** Size, hash and key of a body. @throws Failure LEDGER_BODY_MISSING */
export async function bodyHead({ db }: Ledger, { documentId, role }: BodyPlace) {
  const head = await db
    .selectFrom('body')
    .selectAll()
    .where('documentId', '=', documentId)
    .where('role', '=', role)
    .executeTakeFirst();
  if (head) return head;
  throw new Failure('LEDGER_BODY_MISSING', { message: `Document ${documentId} has no ${role} in the ledger.` });
}

/** Stores a value as JSON. */
export async function storeJson(
  ledger: Ledger,
  body: BodyPlace & { readonly connection: string },
  value: unknown,
): Promise<StoredBody> {
  return storeBody(ledger, body, [Buffer.from(JSON.stringify(value))]);
}

/** Reads a value stored as JSON. */
export async function readJson(ledger: Ledger, body: BodyPlace): Promise<unknown> {
  return JSON.parse((await readBytes(ledger, body)).toString('utf8'));
}

/** The bytes of a body, or of a range of it, at once: for records and canonical documents, which are small. */
export async function readBytes(ledger: Ledger, body: BodyPlace, range?: ByteRange): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of readBody(ledger, body, range)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Cuts a stream of any chunk sizes into chunks of CHUNK_BYTES, the last one marked; an empty stream has one empty chunk. */
async function* chunked(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<{ bytes: Buffer; isLast: boolean }> {
  let pending: Uint8Array[] = [];
  let size = 0;
  for await (const piece of source) {
    pending.push(piece);
    size += piece.length;
    while (size > CHUNK_BYTES) {
      const all = Buffer.concat(pending);
      yield { bytes: all.subarray(0, CHUNK_BYTES), isLast: false };
      pending = [all.subarray(CHUNK_BYTES)];
      size -= CHUNK_BYTES;
    }
  }
  yield { bytes: Buffer.concat(pending), isLast: true };
}
