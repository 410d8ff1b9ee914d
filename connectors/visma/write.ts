import type { Failure } from '../../failures/failure.ts';

/** One writing request. Made by the builders of the entity (`supplierCreate`, `supplierUpdate`), hashed by the ledger. */
export interface WriteRequest {
  readonly method: 'POST' | 'PUT' | 'DELETE';
  /** Below the API's base address, starting with `/`; keys are encoded already. */
  readonly path: string;
  /** Wrapped as Visma wants it; undefined sends no body. */
  readonly body: unknown;
  /** Sent as multipart form data instead of a body. */
  readonly file?: AttachedFile;
  /** The `timeStamp` or ETag of the version that was read, without quotes. */
  readonly ifMatch?: string;
}

/** A file for a document. Visma keeps one of a name that is there already as its next revision. */
export interface AttachedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface SendLimits {
  /** Asked in the instant before the first byte leaves the process; false there sends nothing at all. */
  readonly mayWriteUntil: () => boolean;
  /** Total time for connection, request and answer. After it the outcome is `unknown`, or `not-written` when no byte left. */
  readonly timeoutMs: number;
  /** Honoured until the first byte leaves; after it the write runs to its own deadline. */
  readonly signal?: AbortSignal;
}

/**
 * How a write ended. Only `accepted` says that it was done, only `not-written`, `stale` and `refused` say that it was not;
 * `unknown`
 * and `pending` must be looked up before anything is sent again.
 */
export type WriteAnswer =
  | {
      readonly outcome: 'accepted';
      readonly status: number;
      /** The key in the last segment of `Location`, decoded; updates carry none. */
      readonly externalId: string | undefined;
      readonly etag: string | undefined;
    }
  /** An action that Visma has taken and not carried out yet; whether it will shows in the record. */
  | { readonly outcome: 'pending' }
  | { readonly outcome: 'not-written'; readonly failure: Failure }
  | { readonly outcome: 'stale' }
  | { readonly outcome: 'refused'; readonly failure: Failure }
  | { readonly outcome: 'unknown'; readonly failure: Failure; readonly erpMessage?: string };

/** A write whose budget slot and access token are taken already; nothing has been opened. It can be sent once. */
export interface PreparedWrite {
  /** Never rejects for anything that happens on the wire: every end of a write is one of these answers. */
  send(request: WriteRequest, limits: SendLimits): Promise<WriteAnswer>;
}
