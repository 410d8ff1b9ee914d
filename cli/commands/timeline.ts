import type { Command } from 'commander';
import type { TimelineOptions } from '../actions/timeline.ts';
import { perform } from '../session.ts';

export function registerTimeline(program: Command): void {
  program
    .command('timeline')
    .description('show everything that happened to a document, in order')
    .argument('<document>', 'id or its beginning, workflow id, or a number or file name people know it by')
    .option('--json', 'one JSON object an event: document, at, step, actor, attempt, workflowId, runId, detail, hash')
    .option('--words', 'also what the other system said of a failure, with the values it quotes: they may be personal')
    .addHelpText(
      'after',
      `
When several documents fit (the versions of one vendor), they are listed, and with --json the events of all are shown.

Examples:
  ml-connector timeline 0199c4a1
  ml-connector timeline vendors-0301.csv
  ml-connector timeline 50001 --json`,
    )
    .action((document: string, options: TimelineOptions) =>
      perform(async (session) => (await import('../actions/timeline.ts')).timeline(session, document, options)),
    );
}
