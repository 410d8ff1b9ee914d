import type { VismaClient } from '../../connectors/visma/client.ts';
import type { WriteRequest } from '../../connectors/visma/write.ts';
import type { Ledger } from '../../ledger/database.ts';
import type { DocumentRow, IntentRow } from '../../ledger/schema.ts';
import type { ConnectionConfig } from '../configuration.ts';
import type { Attempt, Dependencies } from '../dependencies.ts';
import type { LookUp } from './look-up.ts';

/** What to send now. `digest` identifies the intended result, for the record. */
export interface Request {
  readonly request: WriteRequest;
  readonly digest: string;
  /** What a look-up has to know of it beside the document. */
  readonly noted?: Readonly<Record<string, unknown>>;
}

/** One kind of write to Visma.net: how its request is built, and how its outcome is found again. */
export interface VismaWrite {
  readonly step: string;
  /** The record it writes, `supplier/50001`. At most one write to it is open at any time. */
  readonly targetKey: string;
  /** The key of that record in Visma.net, where it is known before the answer. */
  readonly externalId?: string;
  /**
   * The request, or undefined when Visma.net already is as intended. `fresh` forbids relying on what was seen before: the
   * record is read again.
   */
  readonly prepare: (intent: IntentRow, fresh: boolean) => Promise<Request | undefined>;
  readonly lookUp: (intent: IntentRow) => Promise<LookUp>;
  /** Whether what `prepare` took from the ledger still holds; asked in the transaction that permits the send. */
  readonly stillHolds?: (tx: Ledger) => Promise<boolean>;
  /**
   * What follows when Visma.net refuses. `prepare again`: a record that exists already is met with a fresh request. `look
   * up`: it may have been done before, which a look tells. `fail` is for a person.
   */
  readonly refusal: 'prepare again' | 'look up' | 'fail';
}

/** A document on its way to Visma.net. */
export interface Errand {
  readonly deps: Dependencies;
  readonly attempt: Attempt;
  readonly document: DocumentRow;
  readonly connection: ConnectionConfig<'visma'>;
  readonly client: VismaClient;
}

/** One write of a document, and its place among the document's writes: the last one closes the document. */
export interface Posting extends Errand {
  readonly write: VismaWrite;
  readonly isFirst: boolean;
  readonly isLast: boolean;
}
