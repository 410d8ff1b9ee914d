import type { CallBudget } from '../connectors/visma/budget.ts';
import { VismaClient } from '../connectors/visma/client.ts';
import type { VismaSecrets } from '../connectors/visma/settings.ts';
import { Failure } from '../failures/failure.ts';
import type { Ledger } from '../ledger/database.ts';
import { correctQuota, isKnown, type KnownWindow, takeSlot } from '../ledger/quota.ts';
import type { QuotaSettings } from '../ledger/quota-shares.ts';
import type { ConnectionConfig } from './configuration.ts';

/** A client of a Visma.net company whose calls count against the budget that everybody shares through the ledger. */
export function openVisma(
  ledger: Ledger,
  {
    kind: _,
    budget,
    webhook: _webhook,
    referenceData: _referenceData,
    ...settings
  }: ConnectionConfig<'visma'>['settings'],
  secrets: VismaSecrets,
): VismaClient {
  const bucket = bucketOf(settings, secrets);
  return new VismaClient(settings, secrets, {
    now: () => ledger.now().getTime(),
    budget: sharedBudget(ledger, { ...budget, bucket }),
  });
}

/** Visma.net counts the calls of a client in a company: connections that are the same in both share a budget. */
export function bucketOf(
  { tenantId, companyId }: Pick<ConnectionConfig<'visma'>['settings'], 'tenantId' | 'companyId'>,
  { clientId }: Pick<VismaSecrets, 'clientId'>,
): string {
  return `visma/${tenantId}/${companyId ?? ''}/${clientId}`;
}

function sharedBudget(ledger: Ledger, quota: QuotaSettings): CallBudget {
  let known: KnownWindow | undefined;
  return {
    take: async (purpose) => {
      const answer = await takeSlot(ledger, quota, purpose);
      if (answer.granted) {
        known = answer.window;
        return;
      }
      const seconds = Math.ceil(answer.retryAfterMs / 1000);
      throw new Failure('VISMA_QUOTA', {
        message: `The call budget of Visma.net is spent for now; the next slot is in ${seconds} s.`,
        retryAfterMs: answer.retryAfterMs,
      });
    },
    observe: async (rates) => {
      if (known !== undefined && isKnown(known, rates, ledger.now())) return;
      await correctQuota(ledger, quota, rates);
    },
  };
}
