import { Configuration } from '../activities/configuration.ts';
import { Connections } from '../activities/connections.ts';
import type { Attempt, Dependencies } from '../activities/dependencies.ts';
import { ReferenceData } from '../activities/reference-data/reference-data.ts';
import { createStepsOf } from '../activities/steps-of.ts';
import { Failure } from '../failures/failure.ts';
import type { Ledger } from '../ledger/database.ts';
import { getDocument } from '../ledger/documents.ts';
import type { ListedDocument } from '../ledger/queries/documents.ts';
import { hasBody, readBytes } from '../ledger/read-bodies.ts';
import type { BodyRole } from '../ledger/schema.ts';
import { referencesOf } from './actions/documents.ts';
import { type Difference, differenceOf } from './difference.ts';
import { EXIT_CODES } from './exit.ts';
import { counted, plain, print, printJson } from './output.ts';
import type { Session } from './session.ts';

export interface ReplayPreviewOptions {
  readonly values?: boolean;
  readonly json?: boolean;
}

/** What a replay would do with a document, as far as the maps and the ledger decide it. */
interface Foreseen {
  readonly document: ListedDocument;
  /** `sent`: what `fields` differ from before would go out. Else: where the document would rest, without a write. */
  readonly outcome: 'sent' | 'in the next file' | 'read again' | 'failed' | 'superseded' | 'skipped';
  readonly fields: readonly Difference[];
  readonly isFirst: boolean;
  readonly failure: Failure | undefined;
}

/** Shows for each document what a replay would send, against what the last attempt made of it. Keeps nothing. */
export async function previewReplay(
  session: Session,
  documents: readonly ListedDocument[],
  options: ReplayPreviewOptions,
): Promise<number> {
  const ledger = await session.ledger();
  const configuration = new Configuration(ledger);
  const counts = new Map<string, number>();
  for (const document of documents) {
    const foreseen = await foresee(ledger, configuration, document);
    counts.set(foreseen.outcome, (counts.get(foreseen.outcome) ?? 0) + 1);
    if (options.json) printJson(asObject(foreseen, options));
    else printForeseen(foreseen, options);
  }
  if (!options.json && documents.length > 0) {
    const outcomes = [...counts].map(([outcome, count]) => `${count} ${outcome}`).join(', ');
    print(`\n${counted(documents.length, 'document')}: ${outcomes}.\nNothing was sent, and nothing is kept.`);
  }
  return counts.has('failed') ? EXIT_CODES.failed : EXIT_CODES.done;
}

/** Thrown to take back everything that a trial has written. */
class TakenBack extends Error {}

/** Transforms the document in a transaction that is then taken back: the very steps of a delivery, up to its post. */
async function foresee(ledger: Ledger, configuration: Configuration, document: ListedDocument): Promise<Foreseen> {
  const before = await mappedBody(ledger, document.id);
  let foreseen: Foreseen | undefined;
  try {
    await ledger.db.transaction().execute(async (db) => {
      foreseen = await tried({ ...ledger, db }, configuration, document, before);
      throw new TakenBack();
    });
  } catch (error) {
    if (error instanceof Failure) return { document, outcome: 'failed', fields: [], isFirst: false, failure: error };
    if (!(error instanceof TakenBack) || foreseen === undefined) throw error;
  }
  return foreseen as Foreseen;
}

async function tried(
  tx: Ledger,
  configuration: Configuration,
  document: ListedDocument,
  before: Buffer | undefined,
): Promise<Foreseen> {
  const row = await getDocument(tx, document.id);
  const config = await configuration.applied(row.flow, row.configHash);
  const steps = createStepsOf(trialOf(tx))(config.flow.kind);
  const transformed = await steps.transform({ config, document: row, attempt: ATTEMPT });
  const known = { document, fields: [], isFirst: false, failure: undefined };
  if (transformed === 'split') return { ...known, outcome: 'read again' };
  if (transformed === 'resting') return { ...known, outcome: restsAs((await getDocument(tx, document.id)).state) };
  const after = (await mappedBody(tx, document.id)) ?? Buffer.alloc(0);
  return { ...known, outcome: 'sent', fields: differenceOf(before, after), isFirst: before === undefined };
}

function restsAs(state: string): Foreseen['outcome'] {
  return state === 'superseded' || state === 'skipped' ? state : 'in the next file';
}

/** The body that a post is made of. */
async function mappedBody(ledger: Ledger, documentId: string): Promise<Buffer | undefined> {
  for (const role of ['outgoing', 'canonical'] satisfies BodyRole[]) {
    if (await hasBody(ledger, { documentId, role })) return readBytes(ledger, { documentId, role });
  }
  return undefined;
}

const SILENT = { info: () => undefined, warn: () => undefined, error: () => undefined };

const ATTEMPT: Attempt = {
  provenance: { actor: 'preview', attempt: 1, workflowId: '', runId: '' },
  signal: new AbortController().signal,
  heartbeat: () => undefined,
};

function trialOf(ledger: Ledger): Dependencies {
  return {
    ledger,
    configuration: new Configuration(ledger),
    connections: new Connections(ledger, SILENT),
    referenceData: new ReferenceData(() => ledger.now().getTime()),
    log: SILENT,
    at: async () => undefined,
    actor: 'preview',
    startDelivery: async () => undefined,
    deliveriesUnderWay: async () => new Set(),
  };
}

function asObject({ document, outcome, fields, failure }: Foreseen, { values }: ReplayPreviewOptions): object {
  const { type, code, message, next } = failure ?? {};
  const shown = fields.map((one) => (values ? one : { field: one.field, change: changeOf(one) }));
  return { document: document.id, outcome, fields: shown, failure: failure ? { type, code, message, next } : null };
}

function changeOf({ before, after }: Difference): 'added' | 'removed' | 'changed' {
  if (before === null) return 'added';
  return after === null ? 'removed' : 'changed';
}

const MARKS = { added: '+', removed: '-', changed: '~' } as const;

function printForeseen({ document, outcome, fields, isFirst, failure }: Foreseen, options: ReplayPreviewOptions): void {
  print(`${document.id}  ${document.kind} ${plain(referencesOf(document))}: ${saysOf(outcome, fields, isFirst)}`);
  if (failure) print(`  ${plain(failure.message)} (${failure.code})\n  Next: ${plain(failure.next)}`);
  for (const one of fields) {
    const values = options.values ? `: ${one.before ?? 'nothing'} -> ${one.after ?? 'nothing'}` : '';
    print(`  ${MARKS[changeOf(one)]} ${plain(one.field + values)}`);
  }
}

function saysOf(outcome: Foreseen['outcome'], fields: readonly Difference[], isFirst: boolean): string {
  switch (outcome) {
    case 'sent':
      if (isFirst) return `would be sent for the first time, ${counted(fields.length, 'field')}`;
      return fields.length === 0 ? 'would be sent as before' : `would be sent with ${counted(fields.length, 'change')}`;
    case 'in the next file':
      return 'would go out in the next file';
    case 'read again':
      return 'its records would be read again';
    case 'failed':
      return 'would fail again';
    case 'superseded':
      return 'would not be sent: a newer version is here';
    case 'skipped':
      return 'would not be sent: its content went out already';
  }
}
