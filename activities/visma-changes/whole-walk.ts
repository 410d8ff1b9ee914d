import { createHash } from 'node:crypto';
import { type Page, Walk as PageWalk, type Versioned } from '../../connectors/visma/pages.ts';
import { noteOnBatch, notesOnBatch } from '../../ledger/batches.ts';
import type { Ledger } from '../../ledger/database.ts';
import type { Run } from '../flow-steps.ts';
import type { ChangedRecords, Walk } from './walk.ts';

const STEP = 'page read';
/** Characters of base64: 48 bits tell the records of a walk apart, 24 the versions of one. */
const KEY_LENGTH = 8;
const VERSION_LENGTH = 4;

/**
 * Notes on the batch what a page of a walk held, a dozen characters a record: its pages are read one by one, by any worker,
 * and only all of them together tell whether records moved past the walk.
 */
export async function notePage<T extends Versioned>(
  ledger: Ledger,
  run: Run,
  { page, restarts }: Walk,
  { records, totalCount, hasMore }: Page<T>,
  { keyOf, sizeOf }: Pick<ChangedRecords<T>, 'keyOf' | 'sizeOf'>,
): Promise<void> {
  const marks = records.map((record) =>
    [mark(keyOf(record), KEY_LENGTH), mark(record.timeStamp ?? '', VERSION_LENGTH), sizeOf?.(record)].join(''),
  );
  const detail = { page, restarts, hasMore, marks, ...(totalCount === undefined ? {} : { totalCount }) };
  await noteOnBatch(ledger, run.batch.id, { step: STEP, detail }, run.attempt.provenance);
}

function mark(text: string, length: number): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, length);
}

interface Noted {
  readonly page: number;
  readonly restarts: number;
  readonly hasMore: boolean;
  readonly marks: readonly string[];
  readonly totalCount?: number;
}

/** Passes when the pages of a walk over this list held every record between them. @throws Failure VISMA_PAGE_DRIFT */
export async function assertWhole(ledger: Ledger, run: Run, { restarts }: Walk, name: string): Promise<void> {
  const notes = (await notesOnBatch(ledger, run.batch.id, STEP)) as unknown as Noted[];
  // A repeated attempt has noted its page again: the last word counts, since later pages follow on it.
  const pages = new Map(notes.filter((note) => note.restarts === restarts).map((note) => [note.page, note]));
  const walk = new PageWalk<Recorded>(
    `${name} list`,
    ({ key }) => key,
    ({ size }) => size,
  );
  for (const page of pages.values()) walk.take(recorded(page));
  const last = [...pages.values()].at(-1);
  if (last) walk.finish(recorded(last));
}

interface Recorded {
  readonly key: string;
  readonly timeStamp: string;
  readonly size: number;
}

function recorded({ marks, hasMore, totalCount }: Noted): Page<Recorded> {
  const records = marks.map((text) => ({
    key: text.slice(0, KEY_LENGTH),
    timeStamp: text.slice(KEY_LENGTH, KEY_LENGTH + VERSION_LENGTH),
    size: Number(text.slice(KEY_LENGTH + VERSION_LENGTH) || 1),
  }));
  return { records, hasMore, totalCount };
}
