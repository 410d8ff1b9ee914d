import type { Command } from 'commander';
import { perform } from '../session.ts';

export function registerStatus(program: Command): void {
  program
    .command('status')
    .description('show whether everything runs: Temporal, ledger, connections, schedules, documents, open alerts')
    .option('--json', 'one JSON object a line, told apart by "subject": temporal, ledger, connection, flow, alert')
    .addHelpText(
      'after',
      `
Ends with 1 when a document waits for a person, a connection is blocked or an alert is open, and with 3 when Temporal or the ledger cannot
be reached.

Examples:
  ml-connector status
  ml-connector status --json`,
    )
    .action((options: { json?: boolean }) =>
      perform(async (session) => (await import('../actions/status.ts')).status(session, options)),
    );
}
