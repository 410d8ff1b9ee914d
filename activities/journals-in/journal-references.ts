import type { JournalEntry } from '../../mappings/canonical/journal-entry.ts';
import { given, type Reference } from '../reference-data/reference.ts';

/** What a batch refers to in Visma.net beside its period, each with its place in the document. */
export function journalReferences({ currency, branch, lines }: JournalEntry): Reference[] {
  return [
    ...given('currency', currency, 'currency'),
    ...given('branch', branch, 'branch'),
    ...lines.flatMap((line, index) => {
      const field = (name: string) => `lines[${index + 1}].${name}`;
      return [
        ...given('account', line.account, field('account')),
        ...given('subaccount', line.subaccount, field('subaccount')),
        ...given('vatCode', line.vatCode, field('vatCode')),
        ...given('branch', line.branch, field('branch')),
      ];
    }),
  ];
}
