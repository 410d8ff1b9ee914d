import type { Command } from 'commander';
import type { PingOptions } from '../actions/ping.ts';
import { perform } from '../session.ts';

export function registerPing(program: Command): void {
  program
    .command('ping')
    .description('try a connection step by step, with the stored credentials')
    .argument('<integration/connection>', 'the connection; the part after the slash is enough when it is unique')
    .option('--folder <folder>', 'where the integration files are', 'integrations')
    .option('--json', 'one JSON object a step: verb, ok, detail, code, next')
    .addHelpText(
      'after',
      `
SFTP: resolve, connect, host key, login, list of each folder; write, rename, read and delete of a probe file where the
flows write. Visma.net: resolve, connect, token, a read of each entity the flows need, what is left of the call budget.
A connection that refused credentials had blocked is opened when every step passes. Ends with 1 when one does not.

Examples:
  ml-connector ping acme/partner
  ml-connector ping visma --json`,
    )
    .action((name: string, options: PingOptions) =>
      perform(async (session) => (await import('../actions/ping.ts')).ping(session, name, options)),
    );
}
