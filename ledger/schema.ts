import type { ColumnType, Generated, JSONColumnType, Selectable, Updateable } from 'kysely';

/** Where a document stands. `delivered`, `skipped` and `superseded` are final; `failed` and `uncertain` wait for a person. */
export const DOCUMENT_STATES = [
  'received',
  'transformed',
  'posted',
  'delivered',
  'failed',
  'uncertain',
  'skipped',
  'superseded',
] as const;
export type DocumentState = (typeof DOCUMENT_STATES)[number];

export type IntentState = 'planned' | 'staged' | 'sent' | 'confirmed' | 'rejected' | 'uncertain' | 'abandoned';
export type BodyRole = 'original' | 'canonical' | 'outgoing' | 'answer';
export type Latch = 'open' | 'blocked' | 'paused';
export type BatchState = 'open' | 'closed' | 'overtaken';

type Json = JSONColumnType<Record<string, unknown>>;
type NullableJson = ColumnType<Record<string, unknown> | null, string | null | undefined, string | null>;
type CreatedAt = ColumnType<Date, Date | undefined, Date>;

interface ConfigVersionTable {
  hash: string;
  integration: string;
  body: Json;
  createdBy: string;
  createdAt: CreatedAt;
}

interface IntegrationTable {
  name: string;
  configHash: string;
  appliedAt: CreatedAt;
}

interface FlowBrakeTable {
  flow: string;
  reason: string;
  pausedBy: string;
  pausedAt: CreatedAt;
}

interface DataKeyTable {
  purpose: string;
  wrapped: Buffer;
  masterKey: string;
  createdAt: CreatedAt;
}

interface ConnectionTable {
  name: string;
  secrets: Buffer | null;
  secretsSetAt: Date | null;
  latch: Generated<Latch>;
  latchReason: string | null;
  latchAt: Date | null;
}

interface BatchTable {
  id: string;
  flow: string;
  configHash: string;
  state: BatchState;
  cursorBefore: NullableJson;
  plan: Json;
  workflowId: string;
  runId: string;
  openedAt: CreatedAt;
  closedAt: Date | null;
  eventCount: Generated<number>;
  eventHead: Buffer | null;
}

interface CursorTable {
  flow: string;
  position: Json;
  batchId: string;
  updatedAt: CreatedAt;
}

interface DocumentTable {
  id: string;
  ordinal: Generated<number>;
  flow: string;
  kind: string;
  sourceKey: string;
  sourceVersion: string;
  generation: Generated<number>;
  contentHash: Buffer | null;
  state: DocumentState;
  workflowId: string;
  configHash: string;
  batchId: string | null;
  /** The inbound file it is a record of. */
  parentId: string | null;
  /** Goes out as a member of an outbound file, not by itself. */
  batched: Generated<boolean>;
  memberOf: string | null;
  origin: NullableJson;
  targetSeen: NullableJson;
  business: ColumnType<Record<string, string>, string | undefined, string>;
  externalId: string | null;
  failure: ColumnType<RecordedFailure | null, string | null | undefined, string | null>;
  createdAt: CreatedAt;
  updatedAt: CreatedAt;
  eventCount: Generated<number>;
  eventHead: Buffer | null;
}

/** A failure as the ledger keeps it: the type, code, message and next step of `failures/`. */
export interface RecordedFailure {
  readonly type: string;
  readonly code: string;
  readonly message: string;
  readonly next: string;
}

interface DocumentReferenceTable {
  documentId: string;
  name: string;
  value: string;
}

interface BodyTable {
  documentId: string;
  role: BodyRole;
  keyPurpose: string;
  byteSize: number;
  sha256: Buffer;
  chunks: number;
  createdAt: CreatedAt;
  /** Its chunks are gone since then. */
  forgottenAt: Date | null;
}

interface BodyChunkTable {
  documentId: string;
  role: BodyRole;
  position: number;
  sealed: Buffer;
}

interface EventTable {
  subjectId: string;
  sequence: number;
  at: Date;
  step: string;
  actor: string;
  attempt: number | null;
  workflowId: string | null;
  runId: string | null;
  detail: Json;
  hash: Buffer;
}

interface IntentTable {
  token: string;
  documentId: string;
  target: string;
  targetKey: string;
  step: string;
  state: IntentState;
  attempt: Generated<number>;
  sentAt: Date | null;
  sendWindowMs: number | null;
  requestHash: Buffer | null;
  ifMatch: string | null;
  resultDigest: string | null;
  repeatedAnswer: string | null;
  externalId: string | null;
  learnedBy: 'answer' | 'look-up' | 'inference' | 'operator' | null;
  detail: ColumnType<Record<string, unknown>, string | undefined, string>;
  createdAt: CreatedAt;
  updatedAt: CreatedAt;
}

interface FileSeenTable {
  flow: string;
  path: string;
  byteSize: number;
  modifiedAt: Date;
  seenAt: CreatedAt;
  documentId: string | null;
  sha256: Buffer | null;
  occurrence: number | null;
  movedTo: string | null;
}

interface FileContentTable {
  flow: string;
  sha256: Buffer;
  occurrences: number;
}

interface ControlNumberTable {
  scope: string;
  last: number;
}

interface QuotaTable {
  bucket: string;
  callLimit: number;
  windowMs: number;
  windowEndsAt: Date;
  used: Generated<number>;
  /** By class. */
  usedBy: ColumnType<Record<string, number>, string | undefined, string>;
  /** By class and flow, `post acme/vendors-in`. */
  spentBy: ColumnType<Record<string, number>, string | undefined, string>;
  blockedUntil: Date | null;
}

interface QuotaReservationTable {
  bucket: string;
  holder: string;
  ticket: Generated<number>;
  class: string;
  dueAt: Date;
}

interface RecoveryTable {
  onlyOne: Generated<boolean>;
  since: Date;
  declaredBy: string;
  declaredAt: Generated<Date>;
}

interface AlertTable {
  id: string;
  kind: string;
  subject: string;
  code: string;
  summary: string;
  next: string;
  count: number;
  openedAt: Date;
  toldAt: Date;
  toldCount: number;
  goneSince: Date | null;
  closedAt: Date | null;
}

interface AlertNoticeTable {
  id: string;
  alertId: string;
  sink: 'log' | 'webhook';
  body: Json;
  createdAt: Date;
  claimedAt: Date | null;
  sentAt: Date | null;
}

interface ScheduleWatchTable {
  flow: string;
  configHash: string;
  lastRunAt: Date | null;
  expectedAt: Date;
}

interface AnchorTable {
  id: string;
  coversUntil: Date;
  hash: Buffer;
  subjects: number;
  eventCount: number;
  eventHead: Buffer;
}

/** The tables of `migrations/`, column names in camel case. */
export interface Tables {
  configVersion: ConfigVersionTable;
  integration: IntegrationTable;
  flowBrake: FlowBrakeTable;
  dataKey: DataKeyTable;
  connection: ConnectionTable;
  batch: BatchTable;
  cursor: CursorTable;
  document: DocumentTable;
  documentReference: DocumentReferenceTable;
  body: BodyTable;
  bodyChunk: BodyChunkTable;
  event: EventTable;
  intent: IntentTable;
  fileSeen: FileSeenTable;
  fileContent: FileContentTable;
  controlNumber: ControlNumberTable;
  quota: QuotaTable;
  quotaReservation: QuotaReservationTable;
  recovery: RecoveryTable;
  alert: AlertTable;
  alertNotice: AlertNoticeTable;
  scheduleWatch: ScheduleWatchTable;
  anchor: AnchorTable;
}

export type DocumentRow = Selectable<DocumentTable>;
export type DocumentColumns = Updateable<DocumentTable>;
export type BodyRow = Selectable<BodyTable>;
export type IntentRow = Selectable<IntentTable>;
export type BatchRow = Selectable<BatchTable>;
export type EventRow = Selectable<EventTable>;
export type FileSeenRow = Selectable<FileSeenTable>;
export type AnchorRow = Selectable<AnchorTable>;
export type AlertRow = Selectable<AlertTable>;
export type QuotaRow = Selectable<QuotaTable>;
export type RecoveryRow = Selectable<RecoveryTable>;
