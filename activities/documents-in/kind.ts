import type { VismaClient } from '../../connectors/visma/client.ts';
import type { CsvDialect } from '../../formats/csv/dialect.ts';
import type { DocumentMap, FieldTypes, RowDocument } from '../../mappings/csv/document-rows.ts';
import type { DocumentsInKind, FlowOf } from '../configuration.ts';
import type { FollowingWrite } from '../posting/post-to-visma.ts';
import type { Errand, VismaWrite } from '../posting/posting.ts';

/** How a flow reads its files. `groupBy`: columns whose cells tell one document's rows from the next one's. */
export interface RowMap {
  readonly fields: FieldTypes;
  readonly columns: DocumentMap;
  readonly groupBy: readonly string[];
  readonly dialect: CsvDialect;
}

/** A mapped document that is to be written to Visma.net. */
export interface Task<K extends DocumentsInKind, C> extends Errand {
  readonly config: FlowOf<K>;
  readonly canonical: C;
  /** The original bytes, for an attachment: the document's own rows under the header of their file, or the file. */
  readonly original: (what: 'rows' | 'file') => Promise<{ readonly name: string; readonly bytes: Uint8Array }>;
  readonly client: VismaClient;
}

/** The writes of a document, in order. */
export interface Writes {
  readonly first: VismaWrite;
  readonly following: readonly FollowingWrite[];
}

/** What sets one kind of inbound document apart from the others. `C` is its canonical form. */
export interface DocumentKind<K extends DocumentsInKind, C extends object> {
  readonly flow: K;
  /** As ledger and search attributes call its documents. */
  readonly kind: string;
  readonly rows: (config: FlowOf<K>) => RowMap;
  /** Its key in the source: two documents of one key are two versions of the same. Undefined where the rows name none. */
  readonly keyOf: (rows: RowDocument) => string | undefined;
  /** What people search it by. */
  readonly business: (rows: RowDocument) => Readonly<Record<string, string>>;
  /** @throws Failure naming what is wrong with the document */
  readonly canonical: (rows: RowDocument, config: FlowOf<K>) => C;
  /** Whether the document states enough to notice that a row of it is missing. */
  readonly isProvenWhole: (canonical: C) => boolean;
  /** Reads what `canonical` made and the ledger kept. */
  readonly parse: (stored: unknown) => C;
  readonly writes: (task: Task<K, C>) => Writes | Promise<Writes>;
}
