import { fileName } from '../../config/file-name.ts';
import { nextControlNumber } from '../../ledger/control-numbers.ts';
import { inTransaction, lockName } from '../../ledger/database.ts';
import { insertDocuments } from '../../ledger/documents.ts';
import { joinFile, membersWaiting } from '../../ledger/members.ts';
import type { DocumentRow } from '../../ledger/schema.ts';
import { type FlowOf, flowOf } from '../configuration.ts';
import { deliveryWorkflowId } from '../delivery.ts';
import type { Dependencies } from '../dependencies.ts';
import type { Run } from '../flow-steps.ts';

/** A document that is a file for the partner. */
export const OUTBOUND_FILE = 'OutboundFile';

/**
 * Freezes name and members of the next outbound file, in one transaction, before anything is rendered: every later attempt
 * makes the same file. Undefined when no document waits for one.
 */
export async function freezeFile(deps: Dependencies, run: Run): Promise<DocumentRow | undefined> {
  const config = flowOf(run.config, 'invoices-out');
  return inTransaction(deps.ledger, async (tx) => {
    await lockName(tx, `outbound/${config.name}`);
    const members = await membersWaiting(tx, config.name, config.flow.target.maxRecords);
    if (members.length === 0) return undefined;
    const sequence = await nextControlNumber(tx, `file/${config.name}`);
    const [file] = await insertDocuments(tx, [newFile(run, config, sequence, tx.now())], run.attempt.provenance);
    if (file) await joinFile(tx, file.id, members, run.attempt.provenance);
    return file;
  });
}

function newFile(run: Run, config: FlowOf<'invoices-out'>, sequence: number, now: Date) {
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
