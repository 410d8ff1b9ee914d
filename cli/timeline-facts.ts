import type { ListedDocument } from '../ledger/queries/documents.ts';
import type { BodyFacts, Timeline, Version } from '../ledger/queries/timeline.ts';
import type { EventRow, IntentRow } from '../ledger/schema.ts';
import { referencesOf } from './actions/documents.ts';
import { counted, localTime, plain, print } from './output.ts';

type Fact = readonly [name: string, value: string];

/**
 * What is known of a document beside its events, a line each: where it came from, as what it was sent, by which runs, and what it
 * waits for.
 */
export function printFacts(timeline: Timeline, waiting: string | undefined): void {
  const { document, intents, bodies, config, batch, parent, file, events } = timeline;
  const facts: readonly Fact[] = [
    ['Document', `${document.id}  ${document.kind} ${referencesOf(document)}`],
    ['Flow', document.flow],
    ['State', stateOf(document)],
    ...(waiting === undefined ? [] : [['Waits', waiting] as const]),
    ...(document.failure ? [['Next', document.failure.next] as const] : []),
    ...versionFacts(timeline),
    ...(parent ? [['Came in', `${parent.sourceKey}  ${parent.id} (${parent.state})`] as const] : []),
    ...(file ? [['Went out', `${file.sourceKey}  ${file.id} (${file.state})`] as const] : []),
    ...bodies.map((body) => [BODY_NAMES[body.role], bodyText(body)] as const),
    ['Config', `${config.hash.slice(0, 12)}, applied ${localTime(config.createdAt)} by ${config.createdBy}`],
    ...(batch ? [['Batch', `${batch.id}  run ${batch.runId} of ${batch.workflowId}`] as const] : []),
    ['Workflow', document.workflowId],
    ...runsOf(document, events).map((run) => ['Run', run] as const),
    ...intents.flatMap((intent) => [['Intent', intentText(intent)] as const, ...requestFacts(intent)]),
  ];
  for (const [name, value] of facts) print(`${name.padEnd(10)}${plain(value)}`);
}

const BODY_NAMES = { original: 'Original', canonical: 'Canonical', outgoing: 'Outgoing', answer: 'Answer' } as const;

function stateOf({ state, externalId, failure }: ListedDocument): string {
  const reason =
    failure && (state === 'failed' || state === 'uncertain') ? `: ${failure.message} (${failure.code})` : '';
  return `${state}${externalId === null ? '' : `, there known as ${externalId}`}${reason}`;
}

/** Nothing where there is but one. */
function versionFacts({ document, versions }: Timeline): readonly Fact[] {
  if (versions.length < 2) return [];
  const nameOf = ({ id, state, generation }: Version) =>
    `${id === document.id ? 'this one' : id} (${state}${generation > 0 ? `, copy ${generation}` : ''})`;
  return versions.map((version, index) => [
    index === 0 ? 'Versions' : '',
    `${index + 1} of ${versions.length}: ${nameOf(version)}`,
  ]);
}

function bodyText({ byteSize, sha256 }: BodyFacts): string {
  return `${counted(byteSize, 'byte')}, sha-256 ${sha256.toString('hex').slice(0, 12)}`;
}

/** The runs of its own workflow that did something with it, in their order. */
export function runsOf({ workflowId }: ListedDocument, events: readonly EventRow[]): readonly string[] {
  const own = events.filter((event) => event.workflowId === workflowId);
  return [...new Set(own.flatMap(({ runId }) => runId ?? []))];
}

function intentText({ step, target, targetKey, state, attempt, sentAt, learnedBy, token }: IntentRow): string {
  const sent = sentAt ? `, last sent ${localTime(sentAt)}` : '';
  const learned = learnedBy ? `, known by ${learnedBy}` : '';
  return `${step} ${targetKey} in ${target}: ${state} after ${counted(attempt, 'attempt')}${sent}${learned} (${token})`;
}

function requestFacts({ requestHash, externalId }: IntentRow): readonly Fact[] {
  if (requestHash === null) return [];
  const known = externalId === null ? '' : `, there known as ${externalId}`;
  return [['Request', `sha-256 ${requestHash.toString('hex').slice(0, 12)}${known}`]];
}
