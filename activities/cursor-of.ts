import type { FlowKind } from '../config/integration.ts';
import { invoicesCursor } from './invoices-out/cursor.ts';
import { recordsCursor } from './records-out/cursor.ts';
import type { RewindableCursor } from './visma-changes/cursor.ts';

/** Kinds that read files: what is new is told by the files themselves. */
type ReadsFiles = Extract<FlowKind, `${string}-in`>;

const CURSORS: Record<Exclude<FlowKind, ReadsFiles>, RewindableCursor> = {
  'invoices-out': invoicesCursor,
  'records-out': recordsCursor,
};

/** The cursor of a kind of flow, if it is one that can be set back. */
export function cursorOf(kind: FlowKind): RewindableCursor | undefined {
  const cursors: Readonly<Record<string, RewindableCursor>> = CURSORS;
  return cursors[kind];
}
