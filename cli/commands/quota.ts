import type { Command } from 'commander';
import { perform } from '../session.ts';

export function registerQuota(program: Command): void {
  program
    .command('quota')
    .description('show the call budget of each company in Visma.net: what is left, who spends it, who waits')
    .option(
      '--json',
      'one JSON object a budget: connections, limit, used, left, usedByOthers, windowEnds, blockedUntil, classes, spenders, queues',
    )
    .addHelpText(
      'after',
      `
Connections to one company with one client share a budget. Each class has a guaranteed part that only it may use; the
rest goes to whoever asks first. NEXT SLOT is when a call that were asked for now would be made.

Examples:
  ml-connector quota
  ml-connector quota --json | jq '{connections, left}'`,
    )
    .action((options: { json?: boolean }) =>
      perform(async (session) => (await import('../actions/quota.ts')).quota(session, options)),
    );
}
