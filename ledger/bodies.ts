import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { zstdCompress } from 'node:zlib';
import { sql } from 'kysely';
import { inTransaction, type Ledger } from './database.ts';
import type { BodyRole } from './schema.ts';
import { seal } from './sealing.ts';

const compress = promisify(zstdCompress);

/** Bytes of plain text a chunk; a byte range is read by opening only the chunks it touches. */
export const CHUNK_BYTES = 1024 * 1024;

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

/** The authenticated place of a chunk. Only the last one says so, which is how a cut tail is noticed. */
export function placeOf(body: BodyPlace, position: number, isLast: boolean): string {
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

/** Stores a value as JSON. */
export async function storeJson(
  ledger: Ledger,
  body: BodyPlace & { readonly connection: string },
  value: unknown,
): Promise<StoredBody> {
  return storeBody(ledger, body, [Buffer.from(JSON.stringify(value))]);
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
