import type { Command } from 'commander';
import type { PreviewOptions } from '../actions/preview.ts';
import { perform } from '../session.ts';

export function registerPreview(program: Command): void {
  program
    .command('preview')
    .description('show what a run of a flow would send, and send nothing')
    .argument('<integration/flow>', 'the flow; the part after the slash is enough when it is unique')
    .option('--file <path>', 'vendors-in: a file of this machine instead of those on the server')
    .option('--bytes', 'flows that send files: print the file as it would be, byte for byte, instead of a table')
    .option('--limit <count>', 'show at most so many rows', '200')
    .option('--json', 'one JSON object a row, invoice or record')
    .addHelpText(
      'after',
      `
Only reads: files are not moved, cursors do not advance, nothing is written to the ledger. Reads of Visma.net take slots
of the call budget. Ends with 1 when a row, invoice or record cannot be mapped.

Examples:
  ml-connector preview acme/vendors-in
  ml-connector preview vendors-in --file ~/vendors-march.csv
  ml-connector preview invoices-out --bytes > invoices.csv`,
    )
    .action((flow: string, options: PreviewOptions) =>
      perform(async (session) => (await import('../actions/preview.ts')).preview(session, flow, options)),
    );
}
