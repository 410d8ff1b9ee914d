import type { Connection } from '../../config/integration.ts';
import { Failure } from '../../failures/failure.ts';
import type { IntentRow } from '../../ledger/schema.ts';
import { showable } from '../delivery.ts';

/**
 * The company or the server that a connection leads to, by what stays when only its address changes: a company by its ids, a
 * server by its host keys, of which two are in use while they are changed. Those that share a name are one place.
 */
export function placeOf({ settings }: { readonly settings: Connection }): readonly string[] {
  if (settings.kind === 'visma') return [`visma/${settings.tenantId}/${settings.companyId ?? ''}`];
  return settings.hostKey.map((key) => `sftp/${settings.username}@${key}`);
}

/** Whether an intent was last carried out at this place, as far as it is known. */
export function wasAt({ detail }: IntentRow, place: readonly string[]): boolean {
  const former = detail.place as readonly string[] | undefined;
  return former === undefined || former.some((name) => place.includes(name));
}

/** What stands at one place, or may stand there, is neither looked up nor written again at another. */
export function elsewhere({ targetKey, target }: IntentRow): Failure {
  return new Failure('TARGET_MOVED', {
    message: `Writing ${showable(targetKey)} was begun in another company or on another server than ${target} leads to now.`,
  });
}
