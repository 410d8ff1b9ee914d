import type { WriteRequest } from '../../connectors/visma/write.ts';
import { Failure } from '../../failures/failure.ts';
import { showable } from '../delivery.ts';
import type { LookUp } from './look-up.ts';
import type { VismaWrite } from './posting.ts';

/** The release of a document that has been created. */
export interface Release {
  readonly targetKey: string;
  readonly externalId: string;
  readonly request: WriteRequest;
  /** Its status in Visma.net now; undefined when it is gone. */
  readonly status: () => Promise<string | null | undefined>;
}

/** Statuses before a release. Everything else comes after it. */
const UNRELEASED: readonly (string | null | undefined)[] = ['Hold', 'Balanced', 'PendingApproval', 'Scheduled'];

/** A release is found again by the status of its document. One that was done before is adopted. */
export function releaseWrite(release: Release): VismaWrite {
  const { targetKey, externalId, request } = release;
  return {
    step: 'release',
    targetKey,
    externalId,
    prepare: async (_intent, fresh) => {
      if (fresh && (await isReleased(release))) return undefined;
      return { request, digest: 'released' };
    },
    lookUp: async (): Promise<LookUp> =>
      (await isReleased(release)) ? { finding: 'ours', externalId } : { finding: 'absent' },
    refusal: 'look up',
  };
}

async function isReleased({ targetKey, status }: Release): Promise<boolean> {
  const now = await status();
  if (now !== undefined) return !UNRELEASED.includes(now);
  throw new Failure('VISMA_NOT_FOUND', {
    message: `${showable(targetKey)} was created, and is not in Visma.net any more.`,
  });
}
