import type { Command } from 'commander';
import type { TimelineOptions } from '../actions/timeline.ts';
import { perform } from '../session.ts';

export function registerTimeline(program: Command): void {
  program
    .command('timeline')
    .description('show the whole chain of a document: file, versions, bodies, runs, requests, and who did what')
    .argument(
      '<document>',
      'id or its beginning, workflow id, a number or file name people know it by, token of a write',
    )
    .option('--json', 'one JSON object a document of the chain, with its events: all of what is shown, hashes in full')
    .option('--words', 'also what the other system said of a failure, with the values it quotes: they may be personal')
    .addHelpText(
      'after',
      `
Several documents that fit (the versions of a vendor, the order and the invoice with one number) come in one view, with
the files they came in and went out in; more than ten are listed. With --json all come; the files around them have
"named": false.

Examples:
  ml-connector timeline 0199c4a1
  ml-connector timeline vendors-0301.csv
  ml-connector timeline 50001 --json`,
    )
    .action((document: string, options: TimelineOptions) =>
      perform(async (session) => (await import('../actions/timeline.ts')).timeline(session, document, options)),
    );
}
