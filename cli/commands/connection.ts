import type { Command } from 'commander';
import type { SetOptions } from '../actions/connection-set.ts';
import { perform } from '../session.ts';

export function registerConnection(program: Command): void {
  const connection = program
    .command('connection')
    .description('the credentials of connections, kept sealed in the ledger');
  connection
    .command('set')
    .description('store the credentials of a connection, replacing those it has')
    .argument('<integration/connection>', 'the connection; the part after the slash is enough when it is unique')
    .option('--file <path>', 'read them from this file')
    .option('--private-key-file <path>', 'read privateKey from this file as it is (sftp)')
    .option('--folder <folder>', 'where the integration files are', 'integrations')
    .addHelpText(
      'after',
      `
Reads KEY=VALUE lines or one JSON object from standard input or from a file, or asks on a terminal without showing what
is typed. Secrets never stand in the command itself, where other users of the machine could see them.
  visma: clientId, clientSecret        sftp: password, or privateKey and perhaps passphrase, or all

Examples:
  ml-connector connection set acme/visma
  ml-connector connection set acme/visma --file visma.env
  pass show acme/sftp | ml-connector connection set acme/partner
  ml-connector connection set acme/partner --private-key-file ~/.ssh/acme`,
    )
    .action((name: string, options: SetOptions) =>
      perform(async (session) => (await import('../actions/connection-set.ts')).connectionSet(session, name, options)),
    );
  connection
    .command('list')
    .description('show which connections have credentials and which are held; never a secret')
    .option('--json', 'one JSON object a line: name, kind, hasSecrets, secretsSetAt, latch, latchReason, latchAt')
    .action((options: { json?: boolean }) =>
      perform(async (session) => (await import('../actions/connection-list.ts')).connectionList(session, options)),
    );
  connection
    .command('rotate')
    .description('wrap all data keys with the current master key')
    .addHelpText(
      'after',
      `
To change the master key: set the new one as ML_CONNECTOR_MASTER_KEY and the old one as ML_CONNECTOR_MASTER_KEY_PREVIOUS
for workers and command line, run this, then take the old one away. What is sealed is not touched.

Example:
  ml-connector connection rotate`,
    )
    .action(() =>
      perform(async (session) => (await import('../actions/connection-rotate.ts')).connectionRotate(session)),
    );
}
