import type { Command } from 'commander';
import { perform } from '../session.ts';

const NAME = ['<connection|flow>', 'acme/visma, acme/vendors-in; the part after the slash when it is unique'] as const;

export function registerPause(program: Command): void {
  program
    .command('pause')
    .description('emergency brake: send nothing more over a connection, or in a flow, from now on')
    .argument(...NAME)
    .option('--reason <text>', 'why; it is shown to whoever asks')
    .addHelpText(
      'after',
      `
What is under way ends; everything else waits, and goes on by itself after "resume".

Examples:
  ml-connector pause acme/visma --reason "year-end closing"
  ml-connector pause vendors-in`,
    )
    .action((name: string, options: { reason?: string }) =>
      perform(async (session) => (await import('../actions/pause.ts')).pause(session, name, options)),
    );
  program
    .command('resume')
    .description('release the brake; also opens a connection that refused credentials had blocked')
    .argument(...NAME)
    .addHelpText('after', '\nExample:\n  ml-connector resume acme/visma')
    .action((name: string) => perform(async (session) => (await import('../actions/pause.ts')).resume(session, name)));
}
