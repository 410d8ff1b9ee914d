import type { Command } from 'commander';
import type { ApplyOptions } from '../actions/apply.ts';
import type { PlanOptions } from '../actions/plan.ts';
import { perform } from '../session.ts';

const FOLDER = ['[folder]', 'where the integration files are', 'integrations'] as const;

export function registerApply(program: Command): void {
  program
    .command('plan')
    .description('show what apply would change, and change nothing')
    .argument(...FOLDER)
    .option('--json', 'one JSON object a line: action, subject, name, settings')
    .addHelpText('after', '\nExamples:\n  ml-connector plan\n  ml-connector plan ./customers/acme --json')
    .action((folder: string, options: PlanOptions) =>
      perform(async (session) => (await import('../actions/plan.ts')).plan(session, folder, options)),
    );
  program
    .command('apply')
    .description('make ledger, Temporal namespace and schedules what the integration files say')
    .argument(...FOLDER)
    .option('--prune', 'also delete the schedules of flows that no file names any more; asks first')
    .option('--yes', 'do not ask')
    .addHelpText(
      'after',
      `
All files are checked before anything is changed. Applying twice changes nothing. A schedule that an operator has paused
stays paused. In Temporal Cloud, search attributes and retention are checked, and the commands that set them printed.

Examples:
  ml-connector apply
  ml-connector apply ./customers/acme --prune --yes`,
    )
    .action((folder: string, options: ApplyOptions) =>
      perform(async (session) => (await import('../actions/apply.ts')).apply(session, folder, options)),
    );
}
