import { Failure } from '../../failures/failure.ts';
import { countByState } from '../../ledger/queries/counts.ts';
import type { DocumentFilter } from '../../ledger/queries/document-filter.ts';
import { type ListedDocument, listDocuments } from '../../ledger/queries/documents.ts';
import type { DocumentState } from '../../ledger/schema.ts';
import { type CountBy, printCountsBy } from '../count-documents.ts';
import { EXIT_CODES } from '../exit.ts';
import { documentNamed } from '../find-documents.ts';
import { counted, localTime, MOST_COUNTED, plain, print, printJson, printTable } from '../output.ts';
import { type SelectionOptions, selectionOf } from '../selection.ts';
import type { Session } from '../session.ts';
import { wholeNumber } from '../values.ts';

export interface DocumentsOptions extends SelectionOptions {
  readonly state?: readonly DocumentState[];
  readonly failed?: boolean;
  readonly reference?: string;
  readonly countBy?: CountBy;
  readonly limit: string;
  readonly after?: string;
  readonly json?: boolean;
}

/** Lists documents, the newest first, with reason and next step of those that failed; or counts them. */
export async function documents(session: Session, options: DocumentsOptions): Promise<number> {
  const limit = wholeNumber('--limit', options.limit, 100_000);
  const filter = await filterOf(session, options);
  if (options.countBy !== undefined) return printCountsBy(session, filter, options.countBy, options);
  const ledger = await session.ledger();
  const after = options.after === undefined ? undefined : (await documentNamed(ledger, options.after)).id;
  const found = await listDocuments(ledger, filter, limit, after);
  if (options.json) for (const document of found) printJson(documentAsJson(document));
  else {
    if (found.length === 0) print('No document matches.');
    else printDocuments(found);
    printFailures(found);
    const last = found.length === limit ? found.at(-1) : undefined;
    if (found.length > 0) printTotal(found.length, await countByState(ledger, filter, MOST_COUNTED), last);
  }
  return EXIT_CODES.done;
}

async function filterOf(session: Session, options: DocumentsOptions): Promise<DocumentFilter> {
  const { state = [], failed, reference, countBy, after } = options;
  const refuse = (message: string) => {
    throw new Failure('COMMAND_USAGE', { message });
  };
  if (failed && state.length > 0) refuse('--failed stands for --state failed uncertain; give one of the two.');
  if (countBy !== undefined && after !== undefined) refuse('--count-by counts all that match; --after is for lists.');
  const states = failed ? (['failed', 'uncertain'] as const) : state;
  return { ...(await selectionOf(session, options)), states, reference };
}

/** The form that scripts may rely on. */
export function documentAsJson(document: ListedDocument): object {
  const { id, flow, kind, state, sourceKey, sourceVersion, references, externalId, failure, createdAt } = document;
  const batch = document.batchId;
  const integration = flow.slice(0, flow.indexOf('/'));
  const reason = failure && {
    type: failure.type,
    code: failure.code,
    message: failure.message,
    next: failure.next,
  };
  const identity = { id, integration, flow, kind, state, sourceKey, sourceVersion };
  return { ...identity, references, externalId, failure: reason, batch, createdAt };
}

/** A table of documents. Ids are whole, so that they can be copied. */
export function printDocuments(found: readonly ListedDocument[]): void {
  printTable(
    ['DOCUMENT', 'ARRIVED', 'FLOW', 'KIND', 'REFERENCES', 'STATE'],
    found.map((document) => [
      document.id,
      localTime(document.createdAt).slice(0, 16),
      document.flow,
      document.kind,
      referencesOf(document),
      document.state,
    ]),
  );
}

/** `50001 vendors.csv`: the values alone, the name of a file last. */
export function referencesOf({ references, sourceKey }: ListedDocument): string {
  const { file, ...others } = references;
  const values = [...Object.values(others), ...(file === undefined ? [] : [file])];
  return (values.length > 0 ? values : [sourceKey]).join(' ');
}

/** Reason and next step of each document that has one; the same for several is said once. */
function printFailures(found: readonly ListedDocument[]): void {
  const failed = found.filter(
    ({ state, failure }) => failure !== null && (state === 'failed' || state === 'uncertain'),
  );
  const groups = Map.groupBy(failed, ({ failure }) => JSON.stringify(failure));
  for (const [document, ...others] of groups.values()) {
    const { failure } = document ?? {};
    if (!document || !failure) continue;
    const more = others.length > 0 ? ` and ${counted(others.length, 'other')}` : '';
    print();
    print(`${document.id}${more}: ${plain(failure.message)} (${failure.code})`);
    print(`  Next: ${plain(failure.next)}`);
  }
}

function printTotal(
  shown: number,
  states: ReadonlyMap<string, number> | undefined,
  last: ListedDocument | undefined,
): void {
  const total = states && [...states.values()].reduce((sum, count) => sum + count, 0);
  const more = last === undefined || total === shown ? '' : ` ${shown} are shown; go on with \`--after ${last.id}\`.`;
  const text = [...(states ?? [])].map(([state, count]) => `${count} ${state}`).join(', ');
  const all = total === undefined ? `More than ${MOST_COUNTED} documents.` : `${counted(total, 'document')}: ${text}.`;
  print();
  print(`${all}${more}`);
}
