import type { Command } from 'commander';
import type { RunOptions } from '../actions/run.ts';
import { perform } from '../session.ts';

export function registerRun(program: Command): void {
  program
    .command('run')
    .description('run a flow now, as its schedule would')
    .argument('<integration/flow>', 'the flow; the part after the slash is enough when it is unique')
    .option('--wait', 'wait until the run has ended and say how')
    .addHelpText(
      'after',
      `
Says "started" when nothing was running, "queued" when the run waits for the one under way, "already queued" when one
was waiting before. A run has ended when every document has its own delivery under way; see them with "documents".

Examples:
  ml-connector run acme/vendors-in
  ml-connector run vendors-in --wait`,
    )
    .action((flow: string, options: RunOptions) =>
      perform(async (session) => (await import('../actions/run.ts')).run(session, flow, options)),
    );
}
