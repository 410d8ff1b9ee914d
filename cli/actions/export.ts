import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { Failure } from '../../failures/failure.ts';
import type { BodyPlace } from '../../ledger/bodies.ts';
import type { Ledger } from '../../ledger/database.ts';
import { getDocument, noteOnDocument } from '../../ledger/documents.ts';
import { rolesOf } from '../../ledger/queries/bodies.ts';
import { type ByteRange, bodyHead, readBody } from '../../ledger/read-bodies.ts';
import type { BodyRole } from '../../ledger/schema.ts';
import { EXIT_CODES } from '../exit.ts';
import { documentNamed } from '../find-documents.ts';
import { plain } from '../output.ts';
import type { Session } from '../session.ts';

export interface ExportOptions {
  readonly role: BodyRole;
  readonly out?: string;
}

/** Bytes of a body, and whose document they belong to. */
interface Source {
  readonly place: BodyPlace;
  readonly range: ByteRange;
}

/** Streams a stored body to standard output or into a new file. That it was taken, and by whom, is recorded first. */
export async function exportBody(session: Session, given: string, { role, out }: ExportOptions): Promise<number> {
  const ledger = await session.ledger();
  const { id } = await documentNamed(ledger, given);
  const { place, range } = await sourceOf(ledger, id, role);
  // A wrong key, or a body that is gone, is told before anything is recorded or written.
  const head = await bodyHead(ledger, place);
  await ledger.keys.keyFor(head.keyPurpose);
  const bytes = Math.min(range.length, head.byteSize - range.offset);
  await noteOnDocument(ledger, id, { step: 'exported', detail: { role, bytes } }, session.provenance);
  const body = readBody(ledger, place, range);
  if (out === undefined) await toOutput(body);
  else await toFile(body, out);
  process.stderr.write(`${role} of ${id}: ${bytes} bytes; the export is recorded with the document.\n`);
  return EXIT_CODES.done;
}

/** A record of a file has its original in the file, at a place of its own. */
async function sourceOf(ledger: Ledger, id: string, role: BodyRole): Promise<Source> {
  const roles = await rolesOf(ledger, id);
  if (roles.includes(role)) return { place: { documentId: id, role }, range: WHOLE };
  const { parentId, origin } = await getDocument(ledger, id);
  const [offset, length] = [origin?.offset, origin?.length];
  if (role === 'original' && parentId !== null && typeof offset === 'number' && typeof length === 'number') {
    return { place: { documentId: parentId, role }, range: { offset, length } };
  }
  const others = roles.length > 0 ? `It has: ${roles.join(', ')}.` : 'It has no body of any role.';
  throw new Failure('LEDGER_BODY_MISSING', { message: `Document ${id} has no ${role} in the ledger. ${others}` });
}

const WHOLE: ByteRange = { offset: 0, length: Number.POSITIVE_INFINITY };

/** A terminal gets text without what would steer it; a pipe gets the bytes as they are. */
async function toOutput(body: AsyncIterable<Buffer>): Promise<void> {
  const { stdout } = process;
  for await (const chunk of body) {
    const isFull = !stdout.write(stdout.isTTY ? harmless(chunk) : chunk);
    if (isFull) await new Promise<void>((resolve) => stdout.once('drain', resolve));
  }
  if (stdout.isTTY) stdout.write('\n');
}

function harmless(chunk: Buffer): string {
  return chunk
    .toString('utf8')
    .split('\n')
    .map((line) => plain(line.replace(/\r$/, '')))
    .join('\n');
}

/** Only for its owner to read; what is there already is never overwritten, and half a body never left behind. */
async function toFile(body: AsyncIterable<Buffer>, path: string): Promise<void> {
  let isOurs = false;
  try {
    const file = createWriteStream(path, { flags: 'wx', mode: 0o600 });
    file.once('open', () => {
      isOurs = true;
    });
    await pipeline(body, file);
  } catch (error) {
    if (isOurs) await rm(path, { force: true });
    const code =
      (error as NodeJS.ErrnoException).syscall === 'open' ? (error as NodeJS.ErrnoException).code : undefined;
    if (code === undefined) throw error;
    const why = code === 'EEXIST' ? 'is there already' : `cannot be written (${code})`;
    throw new Failure('COMMAND_USAGE', { message: `The file ${path} ${why}.` });
  }
}
