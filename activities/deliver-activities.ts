import type { FlowKind } from '../config/integration.ts';
import { inTransaction, type Ledger } from '../ledger/database.ts';
import { FINAL_STATES, getDocument, moveDocument } from '../ledger/documents.ts';
import { moveMembers } from '../ledger/members.ts';
import type { DocumentRow, DocumentState, RecordedFailure } from '../ledger/schema.ts';
import type { Attempt, Dependencies } from './dependencies.ts';
import { OUTBOUND_FILE } from './files-out/freeze-file.ts';
import type { Delivery, FlowSteps, Page, Position, Rendered, Transformed } from './flow-steps.ts';
import { keepWords } from './keep-words.ts';
import type { PostOutcome } from './posting/outcome.ts';
import { unlessReplaced } from './replaced.ts';
import { runAttempt } from './run-attempt.ts';

/** Which document, and the configuration to deliver it with. */
export interface DeliverInput {
  readonly document: string;
  readonly config: string;
}

export interface FetchRecordsInput extends DeliverInput {
  readonly position?: Position;
}

export interface FailInput extends DeliverInput {
  readonly failure: RecordedFailure;
}

export type DeliverActivities = ReturnType<typeof createDeliverActivities>;

/** The activities of one document's delivery: transform, post, acknowledge, and what is done when they fail. */
export function createDeliverActivities(deps: Dependencies, stepsOf: (kind: FlowKind) => FlowSteps) {
  const deliver = <T>(input: DeliverInput, work: (delivery: Delivery, steps: FlowSteps) => Promise<T>) =>
    runAttempt(deps, input.document, async (attempt) => {
      const document = await getDocument(deps.ledger, input.document);
      const config = await deps.configuration.flow(input.config, document.flow);
      try {
        return await work({ config, document, attempt }, stepsOf(config.flow.kind));
      } catch (error) {
        await keepWords(deps, { config, document }, error);
        throw await unlessReplaced(deps, { flow: config.name, config: config.hash, document: document.id }, error);
      }
    });
  return {
    /** Reads in the ledger where the document stands, skips what is done, and maps what is not. */
    async transform(input: DeliverInput): Promise<Transformed> {
      return deliver(input, async (delivery, steps) => {
        const { document, attempt } = delivery;
        if (FINAL_STATES.includes(document.state)) return 'resting';
        if (document.state === 'posted') return 'ready';
        if (document.state === 'failed' || document.state === 'uncertain') await reopen(deps, document, attempt);
        return steps.transform(delivery);
      });
    },

    /** The long part of a transform. */
    async render(input: DeliverInput): Promise<Rendered> {
      return deliver(input, (delivery, steps) => steps.render(delivery));
    },

    /** Brings the document to its target, effectively once. */
    async post(input: DeliverInput): Promise<PostOutcome> {
      return deliver(input, async (delivery, steps) => {
        const done = OUTCOME_OF[delivery.document.state];
        if (done) return done;
        const outcome = await steps.post(delivery);
        await deps.at('posted, not reported', input.document);
        return outcome;
      });
    },

    /** Closes the document with the outcome of its post. */
    async acknowledge(input: DeliverInput & { readonly outcome: PostOutcome }): Promise<void> {
      return deliver(input, ({ document, attempt }) => finish(deps, document, input.outcome, attempt));
    },

    /** The next page of records of a document that is a file. */
    async fetchRecords(input: FetchRecordsInput): Promise<Page> {
      return deliver(input, (delivery, steps) => steps.fetchRecords(delivery, input.position));
    },

    /** Writes down why the document could not be delivered, and what to do. */
    async recordFailure(input: FailInput): Promise<void> {
      return runAttempt(deps, input.document, async ({ provenance }) => {
        const { failure } = input;
        const state = failure.type === 'OutcomeUnknown' ? ('uncertain' as const) : ('failed' as const);
        const event = { step: state, detail: { code: failure.code, message: failure.message } };
        await inTransaction(deps.ledger, async (tx) => {
          await moveDocument(tx, input.document, { state, failure }, event, provenance);
          await moveMembers(tx, input.document, state, event, provenance);
        });
        deps.log.warn({ document: input.document, ...failure }, failure.message);
      });
    },
  };
}

/** A document that rested as failed is on its way again: it was replayed, or its workflow was reset. */
async function reopen({ ledger }: Dependencies, document: DocumentRow, { provenance }: Attempt): Promise<void> {
  const event = { step: 'reopened', detail: { from: document.state } };
  await inTransaction(ledger, async (tx) => {
    await moveDocument(tx, document.id, { state: 'received', failure: null }, event, provenance);
    await moveMembers(tx, document.id, 'transformed', event, provenance);
  });
}

/** A run that was reset to before its post meets a document that is done: nothing is written for it again. */
const OUTCOME_OF: Partial<Record<DocumentState, PostOutcome>> = {
  posted: 'posted',
  delivered: 'posted',
  skipped: 'unchanged',
  superseded: 'superseded',
};

const FINAL_STATE = { posted: 'delivered', unchanged: 'skipped', superseded: 'superseded' } as const;

async function finish({ ledger }: Dependencies, document: DocumentRow, outcome: PostOutcome, { provenance }: Attempt) {
  const state = FINAL_STATE[outcome];
  const close = (tx: Ledger) => moveDocument(tx, document.id, { state, failure: null }, { step: state }, provenance);
  if (document.kind !== OUTBOUND_FILE) return void (await close(ledger));
  await inTransaction(ledger, async (tx) => {
    await close(tx);
    await moveMembers(tx, document.id, state, { step: state, detail: { with: document.id } }, provenance);
  });
}
