import { ledgerFailure } from '../ledger/ledger-failure.ts';
import { type LedgerSettings, openLedger } from '../ledger/open.ts';

/** @throws Failure LEDGER_UNREACHABLE */
export async function reachLedger(settings: LedgerSettings): ReturnType<typeof openLedger> {
  try {
    return await openLedger({ ...settings, maxConnections: 4 });
  } catch (error) {
    throw ledgerFailure(error);
  }
}
