import { createHash, type Hash } from 'node:crypto';
import type { SftpSession } from '../../connectors/sftp/client.ts';
import { folderOf, nameOf } from '../../connectors/sftp/names.ts';
import { compareRemote, publishUpload, stageUpload, tempPathOf } from '../../connectors/sftp/upload.ts';
import { Failure } from '../../failures/failure.ts';
import { inTransaction, type Ledger } from '../../ledger/database.ts';
import { moveDocument } from '../../ledger/documents.ts';
import { intentsOf, permitSend, planIntent, settleIntent } from '../../ledger/intents.ts';
import { bodyHead, readBody } from '../../ledger/read-bodies.ts';
import { mayBeSentSince } from '../../ledger/recovery.ts';
import type { DocumentRow, IntentRow } from '../../ledger/schema.ts';
import type { ConnectionConfig } from '../configuration.ts';
import type { Attempt, Dependencies } from '../dependencies.ts';
import type { PostOutcome } from './outcome.ts';
import { elsewhere, placeOf, wasAt } from './place.ts';

/** A file for a partner's folder. `collected`: what it means that a staged file is nowhere to be seen any more. */
export interface FilePosting {
  readonly deps: Dependencies;
  readonly attempt: Attempt;
  readonly document: DocumentRow;
  readonly connection: ConnectionConfig<'sftp'>;
  readonly session: SftpSession;
  readonly path: string;
  readonly collected: 'inferred' | 'uncertain';
}

/** The upload of a file. `isFirst`: no attempt before this one can have left anything on the server. */
interface Upload extends FilePosting {
  readonly isFirst: boolean;
}

/** What was staged: written to the intent before the final name exists anywhere. */
interface Staged {
  readonly temp: string;
  readonly size: number;
  readonly sha256: string;
}

/**
 * Puts a file into a partner's folder effectively once. A partner may collect it before we confirm, so nothing is ever sent
 * again after `staged`: recovery renames the temporary file, finds the final one, or infers that it was collected.
 * @throws Failure FILE_NAME_TAKEN, OUTCOME_UNCERTAIN, and what SFTP and ledger throw
 */
export async function postFile(given: FilePosting): Promise<PostOutcome> {
  const { deps, attempt, document, connection, path } = given;
  const plan = { document, step: 'upload', target: connection.name, targetKey: path, place: placeOf(connection) };
  const planned = await planIntent(deps.ledger, plan, attempt.provenance);
  const posting = { ...given, isFirst: planned.isNew };
  let { intent } = planned;
  await deps.at('planned', document.id);
  if (planned.outlook.isElsewhere) throw elsewhere(intent);
  if (intent.state === 'confirmed') return 'posted';
  if (intent.state === 'uncertain') throw uncertain(posting);
  if (intent.state === 'rejected' || intent.state === 'abandoned') intent = await reopen(posting, intent);
  if (intent.state === 'staged') return recover(posting, intent);
  if (mayBeSentSince(intent, planned.outlook.recovering)) return settleUnknown(posting, intent);
  const staged = await stage(posting, intent);
  return staged === 'superseded' ? staged : publish(posting, staged);
}

/**
 * What was uploaded before its name turned out to be taken goes on as it was staged: another attempt may be about to rename
 * that very file, and a second upload beside it would be published twice. On another server nothing is staged.
 */
function reopen({ deps, attempt, connection }: FilePosting, intent: IntentRow): Promise<IntentRow> {
  const event = { step: 'reopened', detail: { intent: intent.step } };
  const to = intent.state === 'rejected' && wasAt(intent, placeOf(connection)) ? 'staged' : 'planned';
  return settleIntent(deps.ledger, intent, to, {}, event, attempt.provenance);
}

/**
 * The ledger was restored from a backup: an earlier run may have sent this file, or the same records in another one. Only a
 * file that still lies there under this name tells.
 */
async function settleUnknown(posting: Upload, intent: IntentRow): Promise<PostOutcome> {
  const { deps, attempt, document, session, path } = posting;
  const { byteSize, sha256 } = await bodyHead(deps.ledger, { documentId: document.id, role: 'outgoing' });
  const expected = { size: byteSize, sha256: sha256.toString('hex') };
  if ((await compareRemote(session, path, expected)) === 'same') return confirm(posting, intent, 'look-up');
  const event = { step: 'looked up', detail: { intent: intent.step, finding: 'restored ledger, no file' } };
  await settleIntent(deps.ledger, intent, 'uncertain', {}, event, attempt.provenance);
  throw new Failure('OUTCOME_UNCERTAIN', {
    message: `The ledger was restored from a backup: whether ${path}, or its records in another file, went out before cannot be told.`,
  });
}

/** Whether the bytes of a file lie in the partner's folder already, or did: they are what goes out, and are not rendered anew. */
export async function isStaged(ledger: Ledger, documentId: string): Promise<boolean> {
  const intents = await intentsOf(ledger, documentId);
  return intents.some(({ state }) => state === 'staged' || state === 'rejected');
}

/** Uploads under a temporary name of this very attempt: two workers at once never write into one another's file. */
async function stage(posting: FilePosting, intent: IntentRow): Promise<IntentRow | 'superseded'> {
  const { deps, attempt, document, connection, session, path } = posting;
  const { byteSize, sha256 } = await bodyHead(deps.ledger, { documentId: document.id, role: 'outgoing' });
  const { runId, attempt: number } = attempt.provenance;
  const temp = tempPathOf(path, `${intent.token}-${runId.slice(-6)}${number}`);
  await session.makeFolder(folderOf(path));
  const hash = createHash('sha256');
  await stageUpload(session, temp, outgoing(posting, hash));
  if (!hash.digest().equals(sha256)) {
    // Rendered anew by another run while we read it: what lies there is of both.
    await session.remove(temp);
    throw new Failure('INTENT_MOVED', { message: `Document ${document.id} was rendered anew while it was uploaded.` });
  }
  const detail = { temp, size: byteSize, sha256: sha256.toString('hex') };
  const sending = { to: 'staged', sendWindowMs: 0, place: placeOf(connection) } as const;
  const request = { ...sending, intent, document, requestHash: sha256, detail };
  try {
    const permit = await permitSend(deps.ledger, request, attempt.provenance);
    if (permit.outcome === 'permitted') {
      await deps.at('staged', document.id);
      return permit.intent;
    }
    await session.remove(temp);
    return permit.outcome;
  } catch (error) {
    if (error instanceof Failure) await session.remove(temp);
    throw error;
  }
}

async function* outgoing({ deps, document, attempt }: FilePosting, hash: Hash): AsyncGenerator<Uint8Array> {
  let isFirst = true;
  for await (const chunk of readBody(deps.ledger, { documentId: document.id, role: 'outgoing' })) {
    attempt.signal.throwIfAborted();
    hash.update(chunk);
    yield chunk;
    if (isFirst) await deps.at('temp half written', document.id);
    isFirst = false;
  }
}

async function publish(posting: Upload, intent: IntentRow): Promise<PostOutcome> {
  const { deps, document, session, path } = posting;
  const { temp } = stagedOf(intent);
  try {
    await publishUpload(session, temp, path);
  } catch (error) {
    if (error instanceof Failure && error.code === 'SFTP_TARGET_EXISTS') return settleTaken(posting, intent, error);
    const isGone = error instanceof Failure && error.code === 'SFTP_FILE_MISSING' && !(await session.exists(temp));
    if (isGone) return settleGone(posting, intent);
    throw error;
  }
  await deps.at('renamed', document.id);
  return confirm(posting, intent, 'answer');
}

/** A staged file whose fate nobody recorded: rename it, or find it, or infer that the partner has it. */
async function recover(posting: Upload, intent: IntentRow): Promise<PostOutcome> {
  if (await posting.session.exists(stagedOf(intent).temp)) return publish(posting, intent);
  return settleGone(posting, intent);
}

/** The temporary file is gone: it was renamed, and collected since unless it is there. Another file in its place is for a person to judge. */
async function settleGone(posting: Upload, intent: IntentRow): Promise<PostOutcome> {
  const { session, path, collected } = posting;
  const final = await compareRemote(session, path, stagedOf(intent));
  if (final === 'same') return confirm(posting, intent, 'look-up');
  if (final === 'absent' && collected === 'inferred') return confirm(posting, intent, 'inference');
  const event = {
    step: 'looked up',
    detail: { intent: intent.step, finding: `temporary file gone, final file ${final}` },
  };
  await settleIntent(posting.deps.ledger, intent, 'uncertain', {}, event, posting.attempt.provenance);
  throw uncertain(posting);
}

/**
 * The final name exists: it is our file from an earlier attempt, or somebody else's, which is never overwritten. Then the
 * temporary file stays where it is, for the replay to rename.
 */
async function settleTaken(posting: Upload, intent: IntentRow, because: Failure): Promise<PostOutcome> {
  const { deps, attempt, session, path } = posting;
  const { temp } = stagedOf(intent);
  const final = await compareRemote(session, path, stagedOf(intent));
  // It was collected between the two looks: the name is free at the next attempt.
  if (final === 'absent') throw new Failure('SFTP_REFUSED', { message: because.message, cause: because });
  if (final === 'same') {
    const outcome = await confirm(posting, intent, 'look-up');
    await session.remove(temp);
    return outcome;
  }
  const event = { step: 'refused', detail: { intent: intent.step, code: 'FILE_NAME_TAKEN' } };
  await settleIntent(deps.ledger, intent, 'rejected', {}, event, attempt.provenance);
  throw new Failure('FILE_NAME_TAKEN', { message: `${path} exists in the partner's folder with other content.` });
}

const STEP_OF = { answer: 'confirmed', 'look-up': 'adopted', inference: 'inferred' } as const;

async function confirm(posting: Upload, intent: IntentRow, learnedBy: keyof typeof STEP_OF): Promise<PostOutcome> {
  const { deps, attempt, document, path, isFirst } = posting;
  await inTransaction(deps.ledger, async (tx) => {
    const event = { step: STEP_OF[learnedBy], detail: { intent: intent.step, path } };
    await settleIntent(tx, intent, 'confirmed', { externalId: path, learnedBy }, event, attempt.provenance);
    if (!isFirst) await removeLeft(posting, intent);
    await moveDocument(tx, document.id, { state: 'posted', externalId: path }, { step: 'posted' }, attempt.provenance);
  });
  await deps.at('confirmed', document.id);
  return 'posted';
}

/**
 * Removes what attempts that died have left half written. Called while the intent is being confirmed: before, an attempt that
 * lost the race could remove what another has staged; after, a death here would leave it for good.
 */
async function removeLeft({ deps, document, session, path }: Upload, intent: IntentRow): Promise<void> {
  const pattern = nameOf(tempPathOf(path, `${intent.token}-*`));
  const folder = folderOf(path);
  try {
    const { entries } = await session.list(folder, pattern);
    const left = entries.map(({ name }) => `${folder}/${name}`).filter((temp) => temp !== stagedOf(intent).temp);
    for (const temp of left) await session.remove(temp);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    deps.log.warn({ document: document.id, code: error.code }, `A temporary file may be left: ${error.message}`);
  }
}

function stagedOf(intent: IntentRow): Staged {
  return intent.detail as unknown as Staged;
}

function uncertain({ path }: FilePosting): Failure {
  return new Failure('OUTCOME_UNCERTAIN', {
    message: `${path} was uploaded, and is neither there nor under its temporary name: the partner may have collected it.`,
  });
}
