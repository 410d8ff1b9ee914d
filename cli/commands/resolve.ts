import type { Command } from 'commander';
import type { ResolveOptions } from '../actions/resolve.ts';
import { perform } from '../session.ts';

export function registerResolve(program: Command): void {
  program
    .command('resolve')
    .description('say what became of a document whose outcome is uncertain')
    .argument('<document>', 'id, workflow id, or a number or file name people know it by')
    .option('--posted-as <id>', 'it is in the target system, under this number (a file: under this path)')
    .option('--not-posted', 'it is not there; needs --reason. It will be sent again')
    .option('--reason <text>', 'how you know; it is kept with the document')
    .addHelpText(
      'after',
      `
Only for documents that are uncertain, or that failed because the record exists already (DuplicateExternal) and is ours.
After --posted-as the document is closed as delivered. After --not-posted it is sent again: at once with "replay", else by
the sweep some minutes later.

Examples:
  ml-connector resolve 0199c4a1 --posted-as 50001
  ml-connector resolve 0199c4a1 --not-posted --reason "searched by name and number in Visma.net, 3 March, KN"`,
    )
    .action((document: string, options: ResolveOptions) =>
      perform(async (session) => (await import('../actions/resolve.ts')).resolve(session, document, options)),
    );
}
