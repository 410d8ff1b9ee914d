import type { Errand } from '../posting/posting.ts';
import type { Reference } from '../reference-data/reference.ts';
import type { Segment } from '../reference-data/segments.ts';

interface Dated {
  readonly date: string;
  readonly period?: string | undefined;
}

/**
 * The financial period that a document names, else the one that holds its date; it has to be open in the ledgers that the
 * document is posted to. @throws Failure REFERENCE_UNKNOWN, PERIOD_CLOSED, PERIOD_AWAITED
 */
export async function openPeriod(
  { deps, connection, client, document }: Errand,
  { date, period }: Dated,
  ledger: NonNullable<Reference['ledger']>,
): Promise<string> {
  const purpose = { class: 'post', holder: `${document.id}/period` } as const;
  const field = period === undefined ? 'date' : 'period';
  const value = period ?? (await deps.referenceData.periodOf(connection, client, { value: date, field }, purpose));
  await deps.referenceData.assertKnown(connection, client, [{ kind: 'period', value, field, ledger }], purpose);
  return value;
}

/**
 * Visma.net wants a subaccount by its segments; documents have it as people write it. Gives the segments of every subaccount
 * of the lines, by its number. @throws Failure REFERENCE_UNKNOWN
 */
export async function segmentsOfLines(
  { deps, connection, client, document }: Errand,
  lines: readonly { readonly subaccount?: string | undefined }[],
): Promise<ReadonlyMap<string, readonly Segment[]>> {
  const purpose = { class: 'post', holder: `${document.id}/subaccounts` } as const;
  const found = new Map<string, readonly Segment[]>();
  for (const [index, { subaccount = '' }] of lines.entries()) {
    if (subaccount === '' || found.has(subaccount)) continue;
    const place = { value: subaccount, field: `lines[${index + 1}].subaccount` };
    found.set(subaccount, await deps.referenceData.segmentsOf(connection, client, place, purpose));
  }
  return found;
}
