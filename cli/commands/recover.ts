import type { Command } from 'commander';
import type { RecoverOptions } from '../actions/recover.ts';
import { perform } from '../session.ts';

export function registerRecover(program: Command): void {
  program
    .command('recover')
    .description('after the ledger was restored from a backup: send nothing without looking whether it was sent before')
    .option('--since <time>', 'the moment of the backup, 2026-03-05T02:00:00Z; an earlier one is safe')
    .option('--end', 'all flows have run and nothing is uncertain any more: send as usual again')
    .addHelpText(
      'after',
      `
Call it while the workers are stopped, before any of them meets the restored ledger. From then on
- every first write to Visma.net looks for a record of its own first, and takes it over if it is there;
- a file for a partner that would go out for the first time is uncertain: the partner may have it. A person resolves it;
- numbers of files and interchanges that may have been given since the backup are left out;
- inbound files that were archived since the backup, and that the restored ledger does not know, are put back.

Examples:
  ml-connector recover --since 2026-03-05T02:00:00Z
  ml-connector recover --end`,
    )
    .action((options: RecoverOptions) =>
      perform(async (session) => (await import('../actions/recover.ts')).recover(session, options)),
    );
}
