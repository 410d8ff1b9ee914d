import { fileName } from '../../config/file-name.ts';
import { nextControlNumber } from '../../ledger/control-numbers.ts';
import { inTransaction, type Ledger, lockName } from '../../ledger/database.ts';
import { insertDocuments } from '../../ledger/documents.ts';
import { joinFile, membersWaiting } from '../../ledger/members.ts';
import type { DocumentRow } from '../../ledger/schema.ts';
import { openOfBatch } from '../../ledger/unfinished.ts';
import type { FlowOf } from '../configuration.ts';
import { deliveryStart, deliveryWorkflowId } from '../delivery.ts';
import type { Dependencies } from '../dependencies.ts';
import type { Page, Position, Run } from '../flow-steps.ts';

/** A flow whose documents leave as members of files. */
export type FilesOut = FlowOf<'invoices-out' | 'records-out'>;

/** A document that is a file for the partner. */
export const OUTBOUND_FILE = 'OutboundFile';

/** What waits for a file, and the freezing of one, exclude each other. Held until the transaction ends. */
export async function lockMembers(tx: Ledger, flow: string): Promise<void> {
  await lockName(tx, `outbound/${flow}`);
}

/**
 * The next file of a run, until no document waits for one; then the cursor of the walk before. An attempt that died after it
 * had frozen a file left it without a delivery: the next one names it again.
 */
export async function fetchFile(deps: Dependencies, run: Run, config: FilesOut, position: Position): Promise<Page> {
  const isFirst = run.attempt.provenance.attempt === 1;
  const left = isFirst ? [] : await openOfBatch(deps.ledger, run.batch.id, OUTBOUND_FILE);
  const file = await freezeFile(deps, run, config);
  const documents = [...left, ...(file ? [file] : [])].map((one) => deliveryStart(run.config, one));
  if (file) return { documents, next: position };
  return { documents, ...(typeof position.highest === 'string' ? { cursor: { highest: position.highest } } : {}) };
}

/**
 * Freezes name and members of the next outbound file, in one transaction, before anything is rendered: every later attempt
 * makes the same file. Undefined when no document waits for one.
 */
async function freezeFile(deps: Dependencies, run: Run, config: FilesOut): Promise<DocumentRow | undefined> {
  return inTransaction(deps.ledger, async (tx) => {
    await lockMembers(tx, config.name);
    const members = await membersWaiting(tx, config.name, config.flow.target.maxRecords);
    if (members.length === 0) return undefined;
    const sequence = await nextControlNumber(tx, `file/${config.name}`);
    const [file] = await insertDocuments(tx, [newFile(run, config, sequence, tx.now())], run.attempt.provenance);
    if (file) await joinFile(tx, file.id, members, run.attempt.provenance);
    return file;
  });
}

function newFile(run: Run, config: FilesOut, sequence: number, now: Date) {
  const name = fileName(config.flow.target.name, { sequence, at: now });
  const identity = {
    flow: config.name,
    sourceKey: `${config.flow.target.folder}/${name}`,
    sourceVersion: String(sequence),
    generation: 0,
  };
  return {
    ...identity,
    kind: OUTBOUND_FILE,
    workflowId: deliveryWorkflowId(identity),
    configHash: config.hash,
    batchId: run.batch.id,
    business: { file: name },
    event: { step: 'frozen', detail: { sequence } },
  };
}
