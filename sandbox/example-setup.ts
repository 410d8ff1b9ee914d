import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CommandLine } from './demo/command-line.ts';
import { row, type Say } from './say.ts';
import type { Stack } from './stack.ts';

const INTEGRATIONS = fileURLToPath(new URL('../integrations', import.meta.url));

/** Where the partner of the example drops vendor files. */
const INBOUND = 'inbound/vendors';

/** What the sandbox's partner systems accept. They listen on loopback and hold nothing of value. */
const CREDENTIALS = {
  'acme/visma': { clientId: 'isv_sandbox', clientSecret: 'sandbox-secret' },
  'acme/partner': { password: 'partner-secret' },
};

/** The command line in the home of a local run. */
export function commandLineOf(stack: Stack): CommandLine {
  return new CommandLine({
    ...process.env,
    ...stack.env,
    ML_CONNECTOR_HOME: stack.home,
    ML_CONNECTOR_MASTER_KEY: stack.masterKey,
  });
}

/** Puts the example integrations to work in a local run: applies the files and stores the sandbox's credentials. */
export async function setUpExamples(stack: Stack, say: Say): Promise<void> {
  const cli = commandLineOf(stack);
  await mkdir(join(stack.description.sftp.root, INBOUND), { recursive: true });
  await cli.must(['apply', INTEGRATIONS, '--yes']);
  for (const [connection, secrets] of Object.entries(CREDENTIALS)) {
    await cli.must(['connection', 'set', connection], { input: JSON.stringify(secrets) });
  }
  say(row('Applied', 'integrations/acme.yaml, with the credentials of the sandbox'));
}
