import type { JournalEntry, JournalLine } from '../canonical/journal-entry.ts';
import { present } from '../canonical/present.ts';
import { withToken } from './token-mark.ts';

/** How a batch is written. */
export interface JournalWriteSettings {
  /** A batch on hold waits for a person before it can be released. */
  readonly hold: boolean;
  /** What the description of a batch holds: Visma.net publishes no length. */
  readonly descriptionLength: number;
}

/** What the batch takes from elsewhere: our token, its period, and the segments of each subaccount it names. */
interface JournalContext {
  readonly token: string;
  readonly period: string;
  readonly segments: ReadonlyMap<string, readonly Segment[]>;
}

interface Segment {
  readonly segmentId: number;
  readonly segmentValue: string;
}

/** The body that creates a batch of the general ledger, unwrapped. The token stands at the end of its description. */
export function journalCreateBody(
  entry: JournalEntry,
  { hold, descriptionLength }: JournalWriteSettings,
  { token, period, segments }: JournalContext,
) {
  const { date, description, currency, exchangeRate, ledger, branch, lines } = entry;
  return {
    hold,
    transactionDate: date,
    financialPeriod: period,
    description: withToken(description, token, descriptionLength),
    ...present({
      currencyId: currency,
      exchangeRate: exchangeRate === undefined ? undefined : Number(exchangeRate),
      ledger,
      branch,
    }),
    journalTransactionLines: lines.map((line) => lineOf(line, segments)),
  };
}

function lineOf(line: JournalLine, segments: JournalContext['segments']) {
  const { account, subaccount, debit, credit } = line;
  return {
    operation: 'Insert' as const,
    accountNumber: account,
    ...present({
      subaccount: subaccount === undefined ? undefined : segments.get(subaccount),
      debitAmountInCurrency: debit === undefined ? undefined : Number(debit),
      creditAmountInCurrency: credit === undefined ? undefined : Number(credit),
      transactionDescription: line.description,
      referenceNumber: line.reference,
      vatCodeId: line.vatCode,
      branch: line.branch,
      project: line.project,
      projectTask: line.projectTask,
      note: line.note,
    }),
  };
}
