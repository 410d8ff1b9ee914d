import type { Command } from 'commander';
import type { ReplayOptions } from '../actions/replay.ts';
import { perform } from '../session.ts';
import { withSelection } from './selection-options.ts';

export function registerReplay(program: Command): void {
  const command = program
    .command('replay')
    .description('deliver documents again that failed, from what the ledger has stored')
    .argument('[document...]', 'ids, workflow ids, or numbers or file names people know them by')
    .option('--failed', 'all that have failed, or those of them that the following choose');
  withSelection(command, 'with --failed: ')
    .option('--limit <count>', 'with --failed: at most so many, the newest first', '1000')
    .option('--reason <text>', 'why; it is kept with the document')
    .option('--as-new', 'post a delivered document A SECOND TIME, as a new one; needs --reason')
    .option('--wait', 'wait for the outcomes, show them, and end with 1 if any failed again')
    .option('--timeout <duration>', 'with --wait: how long', '5m')
    .addHelpText(
      'after',
      `
A replay uses the configuration that is applied now. It is safe to repeat: what was posted is found and not posted again.
Only --as-new posts again.

Examples:
  ml-connector replay 0199c4a1 --wait
  ml-connector replay --failed --flow acme/vendors-in --code SUPPLIER_ROW_INVALID
  ml-connector replay 700123 --as-new --reason "ACME lost the file of 1 March"`,
    )
    .action((documents: string[], options: ReplayOptions) =>
      perform(async (session) => (await import('../actions/replay.ts')).replay(session, documents, options)),
    );
}
