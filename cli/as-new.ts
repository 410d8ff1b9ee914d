import { v7 as uuidv7 } from 'uuid';
import { deliveryWorkflowId } from '../activities/delivery.ts';
import { Failure } from '../failures/failure.ts';
import { storeBody } from '../ledger/bodies.ts';
import { inTransaction, type Ledger } from '../ledger/database.ts';
import { FINAL_STATES, getDocument, insertDocuments, noteOnDocument } from '../ledger/documents.ts';
import type { Provenance } from '../ledger/events.ts';
import { membersOf } from '../ledger/members.ts';
import { documentsBetween, type ListedDocument, newestGeneration } from '../ledger/queries/documents.ts';
import { bodyHead, readBody } from '../ledger/read-bodies.ts';
import type { DocumentRow } from '../ledger/schema.ts';
import { print } from './output.ts';
import type { Session } from './session.ts';

/**
 * Copies a document into a new row of the next generation, which has an intent of its own and so is posted again. An
 * outbound file is sent again by copying its members, which leave in the next file. @throws Failure STATE_UNFIT
 */
export async function copyAsNew(session: Session, chosen: ListedDocument, reason: string): Promise<ListedDocument[]> {
  const ledger = await session.ledger();
  refuseUnfit(chosen);
  const ids = chosen.kind === 'OutboundFile' ? await membersOf(ledger, chosen.id) : [chosen.id];
  const copies: ListedDocument[] = [];
  for (const id of ids) {
    const copied = await copyOne(ledger, await getDocument(ledger, id), reason, session.provenance);
    copies.push(...(await documentsBetween(ledger, copied, copied)));
  }
  print(
    `${chosen.id} WILL BE POSTED A SECOND TIME (${chosen.kind === 'OutboundFile' ? 'in a new file' : 'as a new document'}).`,
  );
  return copies;
}

function refuseUnfit({ id, kind, state }: ListedDocument): void {
  if (!FINAL_STATES.includes(state)) {
    throw new Failure('STATE_UNFIT', {
      message: `Document ${id} is ${state}: it is not done, and is not posted a second time.`,
      next: `Replay it without \`--as-new\`; if its outcome is uncertain, \`ml-connector resolve\` it first.`,
    });
  }
  if (kind !== 'InboundFile') return;
  throw new Failure('STATE_UNFIT', {
    message: `Document ${id} is an inbound file; what is posted are its records.`,
    next: `Find them with \`ml-connector timeline ${id}\` and replay those you need.`,
  });
}

async function copyOne(ledger: Ledger, row: DocumentRow, reason: string, provenance: Provenance): Promise<string> {
  const id = uuidv7();
  await inTransaction(ledger, async (tx) => {
    const generation = (await newestGeneration(tx, row)) + 1;
    const identity = { flow: row.flow, sourceKey: row.sourceKey, sourceVersion: row.sourceVersion, generation };
    const event = { step: 'received', detail: { copyOf: row.id, reason } };
    await insertDocuments(
      tx,
      [{ ...copied(row), ...identity, id, workflowId: deliveryWorkflowId(identity), event }],
      provenance,
    );
    // After the copy is there: from then on the file of a record is not forgotten.
    await copyOriginal(tx, row, id);
    await noteOnDocument(tx, row.id, { step: 'copied as new', detail: { copy: id, reason } }, provenance);
  });
  return id;
}

function copied(row: DocumentRow) {
  const { kind, configHash, contentHash, batchId, parentId, batched, origin, targetSeen, business } = row;
  return {
    kind,
    configHash,
    batched,
    business,
    ...(contentHash === null ? {} : { contentHash }),
    ...(batchId === null ? {} : { batchId }),
    ...(parentId === null ? {} : { parentId }),
    ...(origin === null ? {} : { origin }),
    ...(targetSeen === null ? {} : { targetSeen }),
  };
}

/** Records of a file have their bytes in the file; the others carry them themselves. @throws Failure LEDGER_BODY_FORGOTTEN */
async function copyOriginal(tx: Ledger, { id: from, parentId }: DocumentRow, to: string): Promise<void> {
  if (parentId !== null) await headIfThere(tx, parentId);
  const head = await headIfThere(tx, from);
  if (head === undefined) return;
  const connection = head.keyPurpose.replace(/^connection:/, '');
  await storeBody(
    tx,
    { documentId: to, role: 'original', connection },
    readBody(tx, { documentId: from, role: 'original' }),
  );
}

async function headIfThere(tx: Ledger, documentId: string) {
  return bodyHead(tx, { documentId, role: 'original' }).catch((error: unknown) => {
    if (error instanceof Failure && error.code === 'LEDGER_BODY_MISSING') return undefined;
    throw error;
  });
}
