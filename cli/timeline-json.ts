import type { ListedDocument } from '../ledger/queries/documents.ts';
import type { Timeline } from '../ledger/queries/timeline.ts';
import type { EventRow, IntentRow } from '../ledger/schema.ts';
import { documentAsJson } from './actions/documents.ts';
import { runsOf } from './timeline-facts.ts';

interface Showing {
  readonly named: boolean;
  readonly mostInside: number;
}

/**
 * A document of a chain in the form that scripts may rely on: all that `printFacts` says of it, in full, and its events.
 * `named` tells whether it is what was asked for, or the file that such a one came in or went out in.
 */
export function timelineAsJson(timeline: Timeline, { named, mostInside }: Showing): object {
  const { document, intents, bodies, config, batch, parent, file, versions, inside, events } = timeline;
  const { id, generation, workflowId } = document;
  return {
    named,
    ...documentAsJson(document),
    generation,
    versions: versions.map((version) => ({ ...version, isThis: version.id === id })),
    cameIn: parent === undefined ? null : briefly(parent),
    wentOut: file === undefined ? null : briefly(file),
    inside: inside.slice(0, mostInside).map(briefly),
    hasMoreInside: inside.length > mostInside,
    bodies: bodies.map(({ role, byteSize, sha256 }) => ({ role, bytes: byteSize, sha256: sha256.toString('hex') })),
    config: { hash: config.hash, appliedAt: config.createdAt, appliedBy: config.createdBy },
    storedBy: batch === undefined ? null : { batch: batch.id, workflowId: batch.workflowId, runId: batch.runId },
    workflow: { id: workflowId, runs: runsOf(document, events) },
    intents: intents.map(intentAsJson),
    events: events.map(eventAsJson),
  };
}

function briefly({ id, kind, sourceKey, state }: ListedDocument): object {
  return { id, kind, sourceKey, state };
}

/** A write, with the request that was sent last. */
function intentAsJson(intent: IntentRow): object {
  const { token, step, target, targetKey, state, attempt, sentAt, requestHash, ifMatch, learnedBy, externalId } =
    intent;
  const request = requestHash === null ? null : { sha256: requestHash.toString('hex'), ifMatch, sentAt };
  return { step, target, targetKey, token, state, attempts: attempt, request, learnedBy, externalId };
}

function eventAsJson({ at, step, actor, attempt, workflowId, runId, detail, hash }: EventRow): object {
  return { at, step, actor, attempt, workflowId, runId, detail, hash: hash.toString('hex') };
}
