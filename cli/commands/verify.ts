import type { Command } from 'commander';
import type { VerifyOptions } from '../actions/verify.ts';
import { perform } from '../session.ts';

export function registerVerify(program: Command): void {
  program
    .command('verify')
    .description('check that the record in the ledger is whole: no event changed, cut or removed')
    .option(
      '--anchor <hash or day>',
      'and that nothing was rewritten since it was anchored: a hash from the log, or a day',
    )
    .option('--json', 'one JSON object a finding: subject, problem')
    .addHelpText(
      'after',
      `
Ends with 1 when something is found. Once a day workers write the hash of an anchor to their log. Against somebody who
may change the whole database and has the master key, only a hash that was kept outside of it proves something; a day
compares with what the ledger itself says the hash was.

Examples:
  ml-connector verify
  ml-connector verify --anchor 2026-03-01
  ml-connector verify --anchor 5f1c09d6a1b2`,
    )
    .action((options: VerifyOptions) =>
      perform(async (session) => (await import('../actions/verify.ts')).verify(session, options)),
    );
}
