import { journalCreate, journalRelease } from '../../connectors/visma/entities/journal.ts';
import type { VismaJournal } from '../../connectors/visma/schema/journal.ts';
import type { JournalEntry } from '../../mappings/canonical/journal-entry.ts';
import { assertBalanced } from '../../mappings/canonical/journal-sums.ts';
import { journalCreateBody } from '../../mappings/visma/journal-write.ts';
import type { Task } from '../documents-in/kind.ts';
import { openPeriod, segmentsOfLines } from '../documents-in/looked-up.ts';
import { createByToken } from '../posting/create-by-token.ts';
import type { FollowingWrite } from '../posting/post-to-visma.ts';
import type { VismaWrite } from '../posting/posting.ts';
import { releaseWrite } from '../posting/release.ts';
import { journalReferences } from './journal-references.ts';

type JournalTask = Task<'journals-in', JournalEntry>;

/** A batch is created with all its lines, then released, where the flow says so. */
export function journalWrites(task: JournalTask): {
  readonly first: VismaWrite;
  readonly following: readonly FollowingWrite[];
} {
  const releasing: FollowingWrite[] = task.config.flow.target.release ? [(id) => batchRelease(task, id)] : [];
  return { first: batchCreate(task), following: releasing };
}

function batchCreate(task: JournalTask): VismaWrite {
  const { canonical: entry, config, client, document } = task;
  const total = assertBalanced(entry);
  return createByToken<VismaJournal>(task, {
    step: 'journaltransaction',
    what: 'journal',
    targetKey: `journaltransaction/${document.sourceKey}`,
    references: journalReferences(entry),
    request: async (token) => {
      const period = await openPeriod(task, entry, 'general');
      const context = { token, period, segments: await segmentsOfLines(task, entry.lines) };
      return journalCreate(journalCreateBody(entry, config.flow.target, context));
    },
    changedSince: (modifiedSince) =>
      client.journals.list({ modifiedSince, module: 'GL' }, { class: 'post', holder: `${document.id}/look-up` }),
    idOf: ({ batchNumber }) => batchNumber,
    tokenIn: ({ description }) => description,
    isAlike: ({ transactionDate, debitTotalInCurrency }) =>
      transactionDate?.slice(0, 10) === entry.date && debitTotalInCurrency === Number(total),
  });
}

function batchRelease({ client, document }: JournalTask, externalId: string): VismaWrite {
  return releaseWrite({
    targetKey: `journaltransaction/ModuleGL/${externalId}`,
    externalId,
    request: journalRelease(externalId),
    status: async () => {
      const record = await client.journals.get(externalId, { class: 'post', holder: `${document.id}/release` });
      return record && (record.status ?? 'Balanced');
    },
  });
}
