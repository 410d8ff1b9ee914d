import type { SftpSession } from '../../connectors/sftp/client.ts';
import { compareRemote, publishUpload, stageUpload, tempPathOf } from '../../connectors/sftp/upload.ts';
import { Failure } from '../../failures/failure.ts';
import { bodyHead, readBody } from '../../ledger/bodies.ts';
import { inTransaction } from '../../ledger/database.ts';
import { moveDocument } from '../../ledger/documents.ts';
import { permitSend, planIntent, settleIntent } from '../../ledger/intents.ts';
import type { DocumentRow, IntentRow } from '../../ledger/schema.ts';
import type { Attempt, Dependencies } from '../dependencies.ts';
import type { PostOutcome } from './outcome.ts';

/** A file for a partner's folder. `collected`: what it means that a staged file is nowhere to be seen any more. */
export interface FilePosting {
  readonly deps: Dependencies;
  readonly attempt: Attempt;
  readonly document: DocumentRow;
  readonly connection: string;
  readonly session: SftpSession;
  readonly path: string;
  readonly collected: 'inferred' | 'uncertain';
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
export async function postFile(posting: FilePosting): Promise<PostOutcome> {
  const { deps, attempt, document, connection, path } = posting;
  const plan = { document, step: 'upload', target: connection, targetKey: path };
  let intent = await planIntent(deps.ledger, plan, attempt.provenance);
  await deps.at('planned', document.id);
  if (intent.state === 'confirmed') return 'posted';
  if (intent.state === 'uncertain') throw uncertain(posting);
  if (intent.state === 'staged') return recover(posting, intent);
  if (intent.state !== 'planned') {
    const event = { step: 'reopened', detail: { intent: intent.step } };
    intent = await settleIntent(deps.ledger, intent, 'planned', {}, event, attempt.provenance);
  }
  const staged = await stage(posting, intent);
  return staged === 'superseded' ? staged : publish(posting, staged);
}

/** Uploads under a temporary name of this very attempt: two workers at once never write into one another's file. */
async function stage(posting: FilePosting, intent: IntentRow): Promise<IntentRow | 'superseded'> {
  const { deps, attempt, document, session, path } = posting;
  const { byteSize, sha256 } = await bodyHead(deps.ledger, { documentId: document.id, role: 'outgoing' });
  const { runId, attempt: number } = attempt.provenance;
  const temp = tempPathOf(path, `${intent.token}-${runId.slice(-6)}${number}`);
  await session.makeFolder(path.slice(0, path.lastIndexOf('/')));
  await stageUpload(session, temp, outgoing(posting));
  const detail = { temp, size: byteSize, sha256: sha256.toString('hex') };
  const request = { to: 'staged', intent, document, requestHash: sha256, sendWindowMs: 0, detail } as const;
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

async function* outgoing({ deps, document, attempt }: FilePosting): AsyncGenerator<Uint8Array> {
  let isFirst = true;
  for await (const chunk of readBody(deps.ledger, { documentId: document.id, role: 'outgoing' })) {
    attempt.signal.throwIfAborted();
    yield chunk;
    if (isFirst) await deps.at('temp half written', document.id);
    isFirst = false;
  }
}

async function publish(posting: FilePosting, intent: IntentRow): Promise<PostOutcome> {
  const { deps, document, session, path } = posting;
  const { temp } = stagedOf(intent);
  try {
    await publishUpload(session, temp, path);
  } catch (error) {
    if (error instanceof Failure && error.code === 'SFTP_TARGET_EXISTS') return settleTaken(posting, intent);
    if (error instanceof Failure && error.code === 'SFTP_FILE_MISSING') return recover(posting, intent);
    throw error;
  }
  await deps.at('renamed', document.id);
  return confirm(posting, intent, 'answer');
}

/** A staged file whose fate nobody recorded: rename it, or find it, or infer that the partner has it. */
async function recover(posting: FilePosting, intent: IntentRow): Promise<PostOutcome> {
  const { session, path, collected } = posting;
  const { temp, ...content } = stagedOf(intent);
  if (await session.exists(temp)) return publish(posting, intent);
  const final = await compareRemote(session, path, content);
  if (final === 'same') return confirm(posting, intent, 'look-up');
  if (final === 'different') return settleTaken(posting, intent);
  if (collected === 'inferred') return confirm(posting, intent, 'inference');
  const event = {
    step: 'looked up',
    detail: { intent: intent.step, finding: 'neither temporary nor final file is there' },
  };
  await settleIntent(posting.deps.ledger, intent, 'uncertain', {}, event, posting.attempt.provenance);
  throw uncertain(posting);
}

/** The final name exists: it is our file from an earlier attempt, or somebody else's, which is never overwritten. */
async function settleTaken(posting: FilePosting, intent: IntentRow): Promise<PostOutcome> {
  const { deps, attempt, session, path } = posting;
  const { temp, ...content } = stagedOf(intent);
  const isOurs = (await compareRemote(session, path, content)) === 'same';
  await session.remove(temp);
  if (isOurs) return confirm(posting, intent, 'look-up');
  const event = { step: 'refused', detail: { intent: intent.step, code: 'FILE_NAME_TAKEN' } };
  await settleIntent(deps.ledger, intent, 'rejected', {}, event, attempt.provenance);
  throw new Failure('FILE_NAME_TAKEN', { message: `${path} exists in the partner's folder with other content.` });
}

const STEP_OF = { answer: 'confirmed', 'look-up': 'adopted', inference: 'inferred' } as const;

async function confirm(
  { deps, attempt, document, path }: FilePosting,
  intent: IntentRow,
  learnedBy: keyof typeof STEP_OF,
): Promise<PostOutcome> {
  await inTransaction(deps.ledger, async (tx) => {
    const event = { step: STEP_OF[learnedBy], detail: { intent: intent.step, path } };
    await settleIntent(tx, intent, 'confirmed', { externalId: path, learnedBy }, event, attempt.provenance);
    await moveDocument(tx, document.id, { state: 'posted', externalId: path }, { step: 'posted' }, attempt.provenance);
  });
  await deps.at('confirmed', document.id);
  return 'posted';
}

function stagedOf(intent: IntentRow): Staged {
  return intent.detail as unknown as Staged;
}

function uncertain({ path }: FilePosting): Failure {
  return new Failure('OUTCOME_UNCERTAIN', {
    message: `${path} was uploaded, and is neither there nor under its temporary name: the partner may have collected it.`,
  });
}
