import type { VismaRecord } from '../../connectors/visma/records.ts';
import { Failure } from '../../failures/failure.ts';
import { inTransaction } from '../../ledger/database.ts';
import { moveDocument } from '../../ledger/documents.ts';
import { isEarlierFileOpen, supersedeMembers } from '../../ledger/members.ts';
import { readJson } from '../../ledger/read-bodies.ts';
import { hasNewerVersion } from '../../ledger/versions.ts';
import { recordHeader } from '../../mappings/csv/record.ts';
import { flowOf } from '../configuration.ts';
import type { Dependencies } from '../dependencies.ts';
import { fetchFile, lockMembers, OUTBOUND_FILE } from '../files-out/freeze-file.ts';
import { renderFile, sendFile } from '../files-out/send-file.ts';
import type { Delivery, FlowSteps, Page, Position, Rendered, Run, Transformed } from '../flow-steps.ts';
import type { PostOutcome } from '../posting/outcome.ts';
import type { Walk } from '../visma-changes/walk.ts';
import { fetchRecords, firstRecordsWalk } from './fetch-records.ts';
import { assertWritable, contentOf, entityOf, type RecordsOut, rowsOf } from './record-flow.ts';

/** Records that changed in Visma.net become rows of files in the partner's folder, many records a file. */
export function createRecordsOut(deps: Dependencies): FlowSteps {
  return {
    poll: async (config, cursor) => firstRecordsWalk(flowOf(config, 'records-out'), cursor),
    fetch: (run, position) => fetch(deps, run, position),
    acknowledgeBatch: async () => undefined,
    transform: (delivery) => transform(deps, delivery),
    render: (delivery) => render(deps, delivery),
    post: (delivery) => post(deps, delivery),
    fetchRecords: async () => ({ documents: [] }),
  };
}

/** First the walk, page by page; then the files, one after the other, until no record waits for one. */
async function fetch(deps: Dependencies, run: Run, position: Position): Promise<Page> {
  const config = flowOf(run.config, 'records-out');
  if (position.files === true) return fetchFile(deps, run, config, position);
  const { documents, walk, highest } = await fetchRecords(deps, run, config, position as unknown as Walk);
  return { documents, next: { ...(walk ?? { files: true, ...(highest === undefined ? {} : { highest }) }) } };
}

async function transform(deps: Dependencies, delivery: Delivery): Promise<Transformed> {
  return delivery.document.kind === OUTBOUND_FILE ? 'long' : tryAgain(deps, delivery);
}

/** A record that could not be written is tried again; it then goes out in the next file, unless a newer version has come. */
async function tryAgain(deps: Dependencies, { config, document, attempt }: Delivery): Promise<Transformed> {
  const flow = flowOf(config, 'records-out');
  const rows = rowsOf(flow, await readRecord(deps, flow, document.id));
  await inTransaction(deps.ledger, async (tx) => {
    await lockMembers(tx, config.name);
    const isOld = await hasNewerVersion(tx, document);
    if (!isOld) await assertWritable(flow, rows);
    const step = isOld ? 'superseded' : 'transformed';
    const change = { state: step, failure: null, configHash: config.hash, contentHash: contentOf(rows) } as const;
    await moveDocument(tx, document.id, change, { step }, attempt.provenance);
  });
  return 'resting';
}

/** A file of which every record has changed since is not sent: the newer versions go out in the next one. */
async function render(deps: Dependencies, delivery: Delivery): Promise<Rendered> {
  const flow = flowOf(delivery.config, 'records-out');
  const { document, attempt } = delivery;
  async function* rows(members: readonly string[]): AsyncGenerator<string[]> {
    for (const member of members) {
      attempt.heartbeat();
      yield* rowsOf(flow, await readRecord(deps, flow, member));
    }
  }
  return renderFile(deps, delivery, flow, async () => {
    const members = await supersedeMembers(deps.ledger, document.id, attempt.provenance);
    return members.length === 0 ? undefined : { columns: recordHeader(flow.flow.rows), rows: rows(members) };
  });
}

async function readRecord(deps: Dependencies, config: RecordsOut, documentId: string): Promise<VismaRecord> {
  return entityOf(config).parse(await readJson(deps.ledger, { documentId, role: 'original' }));
}

/** Files go out in the order they were made, so that a record's older state never comes after its newer one. */
async function post(deps: Dependencies, delivery: Delivery): Promise<PostOutcome> {
  if (await isEarlierFileOpen(deps.ledger, delivery.document)) {
    throw new Failure('EARLIER_FILE_OPEN', {
      message: `File ${delivery.document.id} waits for one of flow ${delivery.config.name} that was made before it.`,
      retryAfterMs: WAIT_MS,
    });
  }
  return sendFile(deps, delivery, flowOf(delivery.config, 'records-out'));
}

/** In milliseconds. A partner may be away for a day, and a file be made every five minutes. */
const WAIT_MS = 10_000;
