import type { Ledger } from '../../ledger/database.ts';
import { type LedgerMetrics, ledgerMetrics } from '../../ledger/queries/metrics.ts';

/** However often it is scraped, the ledger is asked once in this time, in milliseconds, and spends a twentieth of its time on it. */
const FRESH_MS = 10_000;
const FRESH_PER_COST = 20;

/** Reads what the ledger knows for metrics; undefined while it is away. */
export function cachedLedgerMetrics(ledger: Ledger): () => Promise<LedgerMetrics | undefined> {
  let last: Promise<LedgerMetrics | undefined> | undefined;
  // Infinity while it is being read: whoever scrapes meanwhile gets the same answer.
  let freshUntil = 0;
  const read = async () => {
    const began = performance.now();
    freshUntil = Number.POSITIVE_INFINITY;
    try {
      return await ledgerMetrics(ledger);
    } catch {
      // The scrape itself says it: ml_connector_ledger_up is 0.
      return undefined;
    } finally {
      const costMs = performance.now() - began;
      freshUntil = performance.now() + Math.max(FRESH_MS, costMs * FRESH_PER_COST);
    }
  };
  return () => {
    if (last === undefined || performance.now() >= freshUntil) last = read();
    return last;
  };
}
