import { Command } from 'commander';
import packageJson from '../package.json' with { type: 'json' };
import { registerApply } from './commands/apply.ts';
import { registerConnection } from './commands/connection.ts';
import { registerCursor } from './commands/cursor.ts';
import { registerDocuments } from './commands/documents.ts';
import { registerEdi } from './commands/edi.ts';
import { registerExport } from './commands/export.ts';
import { registerPause } from './commands/pause.ts';
import { registerPing } from './commands/ping.ts';
import { registerPreview } from './commands/preview.ts';
import { registerQuota } from './commands/quota.ts';
import { registerReconcile } from './commands/reconcile.ts';
import { registerRecover } from './commands/recover.ts';
import { registerReplay } from './commands/replay.ts';
import { registerResolve } from './commands/resolve.ts';
import { registerRun } from './commands/run.ts';
import { registerStatus } from './commands/status.ts';
import { registerTimeline } from './commands/timeline.ts';
import { registerVerify } from './commands/verify.ts';
import { EXIT_CODES, exitCodeOf, report, whenOutputCloses } from './exit.ts';

const ABOUT = `Exit codes:
  0  done, and nothing is wrong
  1  something failed, or there are findings
  2  the command was called in a way that makes no sense
  3  Temporal or the ledger cannot be reached, or is not configured
  4  there is nothing of the name given

Times are local in tables and UTC in JSON. The environment says where Temporal and the ledger are; what it leaves out is
taken from the local run of this folder (npm run dev).`;

/** The whole command line. What a command does is loaded when it runs, so that help and version answer at once. */
function commandLine(): Command {
  const program = new Command('ml-connector')
    .description('Integrations between Visma.net ERP and partner systems: set up, run, look, mend.')
    .version(packageJson.version)
    .option('--trace', 'show where an error comes from')
    .addHelpText('after', `\n${ABOUT}`)
    .exitOverride()
    .showHelpAfterError('\nRun it with --help to see how it is used.');
  program.commandsGroup('Set up:');
  registerApply(program);
  registerConnection(program);
  registerPing(program);
  registerPreview(program);
  program.commandsGroup('Run:');
  registerRun(program);
  registerPause(program);
  program.commandsGroup('Look:');
  registerStatus(program);
  registerDocuments(program);
  registerTimeline(program);
  registerQuota(program);
  registerExport(program);
  registerVerify(program);
  registerEdi(program);
  program.commandsGroup('Mend:');
  registerReplay(program);
  registerResolve(program);
  registerReconcile(program);
  registerRecover(program);
  registerCursor(program);
  return program;
}

/** Carries out what the arguments of the process ask for, and sets its exit code. */
export async function runCommandLine(): Promise<void> {
  const program = commandLine();
  whenOutputCloses();
  try {
    if (process.argv.length <= 2) program.help();
    await program.parseAsync();
  } catch (error) {
    process.exitCode = exitCodeOf(error);
    if (process.exitCode !== EXIT_CODES.done) report(error, { withTrace: program.opts().trace === true });
  }
}
