import type { Command } from 'commander';
import { perform } from '../session.ts';

export function registerVerify(program: Command): void {
  program
    .command('verify')
    .description('check that the record in the ledger is whole: no event changed, cut or removed')
    .option('--json', 'one JSON object a finding: subject, problem')
    .addHelpText('after', '\nEnds with 1 when something is found.\n\nExample:\n  ml-connector verify')
    .action((options: { json?: boolean }) =>
      perform(async (session) => (await import('../actions/verify.ts')).verify(session, options)),
    );
}
