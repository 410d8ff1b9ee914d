import { type Count, type CountedBy, countDocuments } from '../ledger/queries/counts.ts';
import type { DocumentFilter } from '../ledger/queries/document-filter.ts';
import { EXIT_CODES } from './exit.ts';
import { appliedIntegrations } from './names.ts';
import { localTime, print, printJson, printTable } from './output.ts';
import type { Session } from './session.ts';

/** The ledger counts by flow; whose partner's a flow is, the applied integrations say. */
export type CountBy = CountedBy | 'partner';

/** What stands for documents without a value: those that have not failed, and flows of no applied integration. */
const NONE = '(none)';

/** Shows how many documents have each code, state, flow, partner or kind, the most first. */
export async function printCountsBy(
  session: Session,
  filter: DocumentFilter,
  by: CountBy,
  { json }: { readonly json?: boolean },
): Promise<number> {
  const ledger = await session.ledger();
  const counts =
    by === 'partner'
      ? await byPartner(session, await countDocuments(ledger, filter, 'flow'))
      : await countDocuments(ledger, filter, by);
  if (json) for (const { value, count, oldest } of counts) printJson({ value, documents: count, oldest });
  else if (counts.length === 0) print('No document matches.');
  else {
    const rows = counts.map(({ value, count, oldest }) => [value ?? NONE, String(count), localTime(oldest)]);
    printTable([by.toUpperCase(), 'DOCUMENTS', 'OLDEST ARRIVED'], rows);
  }
  return EXIT_CODES.done;
}

async function byPartner(session: Session, flows: readonly Count[]): Promise<readonly Count[]> {
  const partners = new Map((await appliedIntegrations(session)).map((one) => [one.integration, one.partner]));
  const partnerOf = ({ value }: Count) => partners.get(value?.slice(0, value.indexOf('/')) ?? '') ?? null;
  return [...Map.groupBy(flows, partnerOf)]
    .map(([value, counts]) => ({
      value,
      count: counts.reduce((sum, { count }) => sum + count, 0),
      oldest: new Date(Math.min(...counts.map(({ oldest }) => oldest.getTime()))),
    }))
    .sort((a, b) => b.count - a.count);
}
