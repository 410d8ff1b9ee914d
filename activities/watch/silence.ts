import type { Condition } from '../../ledger/alerts.ts';
import type { Ledger } from '../../ledger/database.ts';
import { gotDocuments } from '../../ledger/queries/watch.ts';
import type { FlowConfig } from '../configuration.ts';

const DAY_MS = 24 * 3_600_000;
const WEEK_MS = 7 * DAY_MS;
/** So many weeks make a habit. */
const WEEKS = 4;

/**
 * Whether a flow got no document although it should have: within the time its file sets, or else, within a day or a week up
 * to now, although it did in the same span of each of the four weeks before. Weekends and times of the day are so taken care of.
 */
export async function silence(ledger: Ledger, { name, flow }: FlowConfig): Promise<Condition[]> {
  const { documentsWithinMs } = flow.schedule;
  if (documentsWithinMs !== undefined) {
    const [now] = await gotIn(ledger, name, documentsWithinMs, [0]);
    // A flow that never had any is not silent: it has not begun.
    const isSilent = !now && (await hasEverGot(ledger, name));
    return isSilent ? [silent(name, documentsWithinMs, 'its file says that it should')] : [];
  }
  for (const spanMs of [DAY_MS, WEEK_MS]) {
    const ago = Array.from({ length: WEEKS + 1 }, (_, weeks) => weeks * WEEK_MS);
    const [now, ...before] = await gotIn(ledger, name, spanMs, ago);
    if (!now && before.every(Boolean)) return [silent(name, spanMs, `it did in each of the ${WEEKS} weeks before`)];
  }
  return [];
}

/** Whether the flow got documents in spans of this length that ended so long ago. */
async function gotIn(ledger: Ledger, flow: string, spanMs: number, agoMs: readonly number[]): Promise<boolean[]> {
  const now = ledger.now().getTime();
  const spans = agoMs.map((ago) => ({ from: new Date(now - ago - spanMs), to: new Date(now - ago) }));
  return gotDocuments(ledger, flow, spans);
}

async function hasEverGot(ledger: Ledger, flow: string): Promise<boolean> {
  const [got = false] = await gotDocuments(ledger, flow, [{ from: new Date(0), to: ledger.now() }]);
  return got;
}

function silent(flow: string, spanMs: number, why: string): Condition {
  const hours = Math.round(spanMs / 3_600_000);
  const span = hours >= 48 ? `${Math.round(hours / 24)} days` : `${hours} hours`;
  return {
    kind: 'flow silent',
    subject: flow,
    code: '',
    count: 1,
    summary: `${flow} got no document for ${span}; ${why}.`,
    next: 'Ask the partner or look in the source whether there was nothing; `ml-connector ping` the connections of the flow.',
  };
}
