import type { Command } from 'commander';
import type { CursorOptions, RewindOptions } from '../actions/cursor.ts';
import { perform } from '../session.ts';

export function registerCursor(program: Command): void {
  const cursor = program.command('cursor').description('see and set back up to where flows have read their source');
  cursor
    .command('show')
    .argument('[integration/flow]', 'one flow; all when left out')
    .description('show where flows stand, and since when')
    .option('--json', 'one JSON object a flow: flow, stamp, position, updatedAt, batch, running, rewinds')
    .addHelpText('after', '\nExample:\n  ml-connector cursor show acme/invoices-out')
    .action((flow: string | undefined, options: CursorOptions) =>
      perform(async (session) => (await import('../actions/cursor.ts')).cursorShow(session, flow, options)),
    );
  cursor
    .command('rewind')
    .argument('<integration/flow>', 'the flow; the part after the slash is enough when it is unique')
    .description('let the next run read again what changed since a time')
    .requiredOption('--to <time>', 'a day or a time as Visma.net writes it (2026-03-01T14:00), or how far back (7d)')
    .option('--reason <text>', 'why; it is kept')
    .option('--yes', 'do not ask')
    .addHelpText(
      'after',
      `
Says first how many records would be looked at, for one call of the operator's share of the budget, and asks. What went
out as it is now is not sent again. A run under way is not disturbed: it ends as overtaken, and the next one begins from
the new place. Who did it stands in the record of the batch. Flows that read files have nothing to set back.

Examples:
  ml-connector cursor rewind acme/invoices-out --to 7d
  ml-connector cursor rewind invoices-out --to 2026-03-01 --yes --reason "restored from a backup"`,
    )
    .action((flow: string, options: RewindOptions) =>
      perform(async (session) => (await import('../actions/cursor.ts')).cursorRewind(session, flow, options)),
    );
}
