import { Failure } from '../../failures/failure.ts';
import {
  countByState,
  type DocumentFilter,
  type ListedDocument,
  listDocuments,
} from '../../ledger/queries/documents.ts';
import type { DocumentState } from '../../ledger/schema.ts';
import { EXIT_CODES } from '../exit.ts';
import { knownFlow } from '../names.ts';
import { counted, localTime, plain, print, printJson, printTable } from '../output.ts';
import type { Session } from '../session.ts';
import { instantOf, wholeNumber } from '../values.ts';

export interface DocumentsOptions {
  readonly state?: readonly DocumentState[];
  readonly failed?: boolean;
  readonly flow?: string;
  readonly kind?: string;
  readonly reference?: string;
  readonly code?: string;
  readonly since?: string;
  readonly limit: string;
  readonly json?: boolean;
}

/** Lists documents, the newest first, with reason and next step of those that failed. */
export async function documents(session: Session, options: DocumentsOptions): Promise<number> {
  const limit = wholeNumber('--limit', options.limit, 100_000);
  const filter = await filterOf(session, options);
  const ledger = await session.ledger();
  const found = await listDocuments(ledger, filter, limit);
  if (options.json) for (const document of found) printJson(documentAsJson(document));
  else {
    if (found.length > 0) printDocuments(found);
    printFailures(found);
    printCounts(found.length, await countByState(ledger, filter));
  }
  return EXIT_CODES.done;
}

async function filterOf(session: Session, options: DocumentsOptions): Promise<DocumentFilter> {
  const { state = [], failed, flow, kind, reference, code, since } = options;
  if (failed && state.length > 0) {
    throw new Failure('COMMAND_USAGE', {
      message: '--failed stands for --state failed uncertain; give one of the two.',
    });
  }
  return {
    states: failed ? ['failed', 'uncertain'] : state,
    flow: flow === undefined ? undefined : await knownFlow(session, flow),
    kind,
    reference,
    code,
    since: since === undefined ? undefined : instantOf('--since', since, new Date()),
  };
}

/** The form that scripts may rely on. */
export function documentAsJson(document: ListedDocument): object {
  const { id, flow, kind, state, sourceKey, sourceVersion, references, externalId, failure, createdAt } = document;
  const integration = flow.slice(0, flow.indexOf('/'));
  const reason = failure && {
    type: failure.type,
    code: failure.code,
    message: failure.message,
    next: failure.next,
  };
  const identity = { id, integration, flow, kind, state, sourceKey, sourceVersion };
  return { ...identity, references, externalId, failure: reason, createdAt };
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

function printCounts(shown: number, counts: readonly { readonly state: string; readonly count: number }[]): void {
  const total = counts.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) {
    print('No document matches.');
    return;
  }
  const states = counts.map(({ state, count }) => `${count} ${state}`).join(', ');
  print();
  print(
    `${counted(total, 'document')}: ${states}.${shown < total ? ` The newest ${shown} are shown; see --limit.` : ''}`,
  );
}
