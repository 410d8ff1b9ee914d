import { localForm } from '../../connectors/visma/local-time.ts';
import type { IntentRow } from '../../ledger/schema.ts';

/** Zones differ by at most 26 hours: Visma.net does not say in which one it stamps. */
const ZONE_MARGIN_MS = 26 * 3_600_000;

/** Since when a record must have been modified if this intent's request made it, in Visma.net's form without a zone. */
export function modifiedSinceSent(intent: IntentRow): string {
  return localForm((intent.sentAt?.getTime() ?? 0) - ZONE_MARGIN_MS);
}
