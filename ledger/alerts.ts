import { v7 as uuidv7 } from 'uuid';
import { inTransaction, type Ledger, lockName } from './database.ts';
import type { AlertRow } from './schema.ts';

/** Something that is wrong now. `kind`, `subject` and `code` identify it from one look to the next; no word of it is personal. */
export interface Condition {
  readonly kind: string;
  /** A flow, a connection, a workflow type. */
  readonly subject: string;
  readonly code: string;
  readonly count: number;
  readonly summary: string;
  /** What a person does about it. */
  readonly next: string;
}

export type Sink = 'log' | 'webhook';

/** What an alert notice says. Its id is the notice's: whoever gets it twice can tell. */
export interface NoticeBody extends Condition {
  readonly event: 'opened' | 'grown' | 'closed';
  readonly alert: string;
  readonly openedAt: string;
}

/** An alert that grows is told again at most so often, in milliseconds. */
const TELL_AGAIN_MS = 3_600_000;
/** A cause that is gone for so long is gone; one that comes and goes is one alert. */
const GONE_AFTER_MS = 10 * 60_000;

/**
 * Makes the open alerts those of these conditions, and writes down what is to be told of it: the first of its kind, subject
 * and code, later once an hour how many they have become, and the end. Two that look at once take turns.
 */
export async function settleAlerts(
  ledger: Ledger,
  conditions: readonly Condition[],
  sinks: readonly Sink[],
): Promise<void> {
  await inTransaction(ledger, async (tx) => {
    await lockName(tx, 'alerts/');
    const open = await openRows(tx);
    const known = new Map(open.map((row) => [identity(row), row]));
    for (const condition of conditions) {
      const row = known.get(identity(condition));
      if (row) await seenAgain(tx, row, condition, sinks);
      else await opened(tx, condition, sinks);
    }
    const seen = new Set(conditions.map(identity));
    for (const row of open) if (!seen.has(identity(row))) await unseen(tx, row, sinks);
  });
}

function identity({ kind, subject, code }: Pick<Condition, 'kind' | 'subject' | 'code'>): string {
  return JSON.stringify([kind, subject, code]);
}

async function openRows({ db }: Ledger): Promise<AlertRow[]> {
  return db.selectFrom('alert').selectAll().where('closedAt', 'is', null).orderBy('openedAt').orderBy('id').execute();
}

/** The alerts whose cause was seen at the last look, the oldest first. */
export async function openAlerts(ledger: Ledger): Promise<readonly AlertRow[]> {
  return (await openRows(ledger)).filter(({ goneSince }) => goneSince === null);
}

async function opened(tx: Ledger, condition: Condition, sinks: readonly Sink[]): Promise<void> {
  const at = tx.now();
  const { kind, subject, code, count, summary, next } = condition;
  const told = { openedAt: at, toldAt: at, toldCount: count, goneSince: null, closedAt: null };
  const row = { id: uuidv7(), kind, subject, code, count, summary, next, ...told };
  await tx.db.insertInto('alert').values(row).execute();
  await tell(tx, 'opened', row, sinks);
}

async function seenAgain(tx: Ledger, row: AlertRow, condition: Condition, sinks: readonly Sink[]): Promise<void> {
  const at = tx.now();
  const { count, summary, next } = condition;
  const isDue = count > row.toldCount && at.getTime() - row.toldAt.getTime() >= TELL_AGAIN_MS;
  const told = isDue ? { toldAt: at, toldCount: count } : {};
  await tx.db
    .updateTable('alert')
    .set({ count, summary, next, goneSince: null, ...told })
    .where('id', '=', row.id)
    .execute();
  if (isDue) await tell(tx, 'grown', { ...row, count, summary, next }, sinks);
}

async function unseen(tx: Ledger, row: AlertRow, sinks: readonly Sink[]): Promise<void> {
  const at = tx.now();
  const goneSince = row.goneSince ?? at;
  const isOver = at.getTime() - goneSince.getTime() >= GONE_AFTER_MS;
  const change = { goneSince, closedAt: isOver ? at : null };
  await tx.db.updateTable('alert').set(change).where('id', '=', row.id).execute();
  if (isOver) await tell(tx, 'closed', row, sinks);
}

async function tell(tx: Ledger, event: NoticeBody['event'], row: AlertRow, sinks: readonly Sink[]): Promise<void> {
  const { id: alert, kind, subject, code, count, summary, next } = row;
  const body: NoticeBody = {
    event,
    alert,
    kind,
    subject,
    code,
    count,
    summary,
    next,
    openedAt: row.openedAt.toISOString(),
  };
  const notices = sinks.map((sink) => ({
    id: uuidv7(),
    alertId: alert,
    sink,
    body: JSON.stringify(body),
    createdAt: tx.now(),
  }));
  await tx.db.insertInto('alertNotice').values(notices).execute();
}
