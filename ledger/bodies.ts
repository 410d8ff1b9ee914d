import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { zstdCompress, zstdDecompress } from 'node:zlib';
import { sql } from 'kysely';
import { Failure } from '../failures/failure.ts';
import { inTransaction, type Ledger } from './database.ts';
import type { BodyRole, BodyRow } from './schema.ts';
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
  const pieces = chunked(source);
  const first = await pieces.next();
  if (first.done) throw new Error('A body without a chunk');
  if (first.value.isLast) return storeOneChunk(ledger, body, { keyPurpose, key }, first.value.bytes);
  return inTransaction(ledger, async (tx) => {
    await takePlace(tx, body, keyPurpose);
    const { chunks, ...stored } = await insertChunks(tx, body, key, first.value, pieces);
    await tx.db
      .updateTable('body')
      .set({ ...stored, chunks, keyPurpose, createdAt: tx.now(), forgottenAt: null })
      .where('documentId', '=', body.documentId)
      .where('role', '=', body.role)
      .execute();
    return stored;
  });
}

/** Most bodies are small: body and chunk in one statement, the body first, and nothing left of a longer one. */
async function storeOneChunk(
  { db, now }: Ledger,
  { documentId, role }: BodyPlace,
  { keyPurpose, key }: { readonly keyPurpose: string; readonly key: Buffer },
  bytes: Buffer,
): Promise<StoredBody> {
  const stored = { byteSize: bytes.length, sha256: createHash('sha256').update(bytes).digest() };
  const head = { ...stored, chunks: 1, keyPurpose, createdAt: now(), forgottenAt: null };
  const sealed = seal(key, await compress(bytes), placeOf({ documentId, role }, 0, true));
  await db
    .with('head', (step) =>
      step
        .insertInto('body')
        .values({ documentId, role, ...head })
        .onConflict((conflict) => conflict.columns(['documentId', 'role']).doUpdateSet(head))
        .returning(['documentId', 'role']),
    )
    .with('rest', (step) =>
      step
        .deleteFrom('bodyChunk')
        .using('head')
        .whereRef('bodyChunk.documentId', '=', 'head.documentId')
        .whereRef('bodyChunk.role', '=', 'head.role')
        .where('position', '>', 0),
    )
    .insertInto('bodyChunk')
    .columns(['documentId', 'role', 'position', 'sealed'])
    .expression(({ selectFrom }) =>
      selectFrom('head').select([
        'documentId',
        'role',
        sql<number>`0`.as('position'),
        sql<Buffer>`${sealed}::bytea`.as('sealed'),
      ]),
    )
    .onConflict((conflict) => conflict.columns(['documentId', 'role', 'position']).doUpdateSet({ sealed }))
    .execute();
  return stored;
}

/** Takes the row of a body before its chunks: of two that store the same body at once, the second waits for the first. */
async function takePlace({ db }: Ledger, { documentId, role }: BodyPlace, keyPurpose: string): Promise<void> {
  const taken = await db
    .insertInto('body')
    .values({ documentId, role, keyPurpose, byteSize: 0, sha256: Buffer.alloc(0), chunks: 0 })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (taken.numInsertedOrUpdatedRows === 1n) return;
  const isHere = sql<boolean>`document_id = ${documentId} and role = ${role}`;
  await db.selectFrom('body').select('role').where(isHere).forUpdate().execute();
  await db.deleteFrom('bodyChunk').where(isHere).execute();
}

async function insertChunks(
  { db }: Ledger,
  { documentId, role }: BodyPlace,
  key: Buffer,
  first: Chunk,
  others: AsyncIterable<Chunk>,
): Promise<StoredBody & { readonly chunks: number }> {
  const hash = createHash('sha256');
  let chunks = 0;
  let byteSize = 0;
  const insert = async ({ bytes, isLast }: Chunk) => {
    hash.update(bytes);
    byteSize += bytes.length;
    const sealed = seal(key, await compress(bytes), placeOf({ documentId, role }, chunks, isLast));
    await db.insertInto('bodyChunk').values({ documentId, role, position: chunks, sealed }).execute();
    chunks += 1;
  };
  await insert(first);
  for await (const chunk of others) await insert(chunk);
  return { byteSize, sha256: hash.digest(), chunks };
}

/** Forgets a body, if it is there. */
export async function deleteBody({ db }: Ledger, { documentId, role }: BodyPlace): Promise<void> {
  await db.deleteFrom('body').where('documentId', '=', documentId).where('role', '=', role).execute();
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
  const key = await ledger.keys.keyFor(head.keyPurpose);
  const end = Math.min(range.offset + range.length, head.byteSize);
  const hash = createHash('sha256');
  for (let position = begin; position * CHUNK_BYTES < end; position += 1) {
    const chunk = position === begin ? sealed : await sealedChunk(ledger, body, position);
    const reading = openChunk(body, key, { sealed: chunk, position, isLast: position === head.chunks - 1 });
    const plain = await reading.catch((error: unknown) => standBack(ledger, body, head.sha256, error));
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

interface Chunk {
  readonly bytes: Buffer;
  readonly isLast: boolean;
}

/** Cuts a stream of pieces of any size into chunks of CHUNK_BYTES, the last one marked; an empty stream has one empty chunk. */
async function* chunked(source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): AsyncGenerator<Chunk> {
  let pending: Uint8Array[] = [];
  let size = 0;
  for await (const piece of source) {
    pending.push(piece);
    size += piece.length;
    if (size <= CHUNK_BYTES) continue;
    let rest = Buffer.concat(pending);
    for (; rest.length > CHUNK_BYTES; rest = rest.subarray(CHUNK_BYTES)) {
      yield { bytes: rest.subarray(0, CHUNK_BYTES), isLast: false };
    }
    pending = [rest];
    size = rest.length;
  }
  yield { bytes: Buffer.concat(pending), isLast: true };
}
