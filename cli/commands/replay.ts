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
    .option('--preview', 'send nothing; show how what would be sent differs from what was sent before')
    .option('--values', 'with --preview: the values too, not only the names of fields; they may be personal')
    .option('--json', 'with --preview: one JSON object a document: document, outcome, fields, failure')
    .option('--rate <count/span>', 'at most so many a second, minute or hour: 5/s, 60/m, 1000/h')
    .option('--reason <text>', 'why; it is kept with the document')
    .option('--as-new', 'post a delivered document A SECOND TIME, as a new one; needs --reason')
    .option('--wait', 'wait for the outcomes, show them, and end with 1 if any failed again')
    .option('--timeout <duration>', 'with --wait: how long', '5m')
    .addHelpText(
      'after',
      `
A replay uses the configuration that is applied now. It is safe to repeat: what was posted is found and not posted again.
Only --as-new posts again. The oldest goes first. Ctrl-C stops after the one under way and says how many are left.

Examples:
  ml-connector replay 0199c4a1 --wait
  ml-connector replay --failed --flow acme/vendors-in --code SUPPLIER_ROW_INVALID
  ml-connector replay --failed --code VISMA_REFUSED --preview
  ml-connector replay --failed --partner "ACME Trading" --since 1d --rate 60/m
  ml-connector replay 700123 --as-new --reason "ACME lost the file of 1 March"`,
    )
    .action((documents: string[], options: ReplayOptions) =>
      perform(async (session) => (await import('../actions/replay.ts')).replay(session, documents, options)),
    );
}
