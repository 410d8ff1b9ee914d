import type { Command } from 'commander';
import type { ReconcileOptions } from '../actions/reconcile.ts';
import { perform } from '../session.ts';

export function registerReconcile(program: Command): void {
  program
    .command('reconcile')
    .description('compare what Visma.net has with what the ledger took over, and name what is missing')
    .argument('<integration/flow>', 'a flow that reads Visma.net: invoices-out or records-out')
    .requiredOption(
      '--since <when>',
      'what changed since: a day (2026-03-01), an instant, or how long ago (90m, 12h, 7d)',
    )
    .option('--enqueue', 'take over what is missing or stale, and start a run that sends it')
    .option('--json', 'one JSON object a finding: flow, finding, key, modified, document, state, enqueued')
    .addHelpText(
      'after',
      `
Lists the records again, within the operator's share of the call budget; when it is spent, the command waits and says how
long. Findings: "missing" is in Visma.net and not in the ledger, "stale" is there in an older version, "gone" was taken over
and is no longer listed: deleted in Visma.net, or outside the flow's filters now. Ends with 1 while there are findings.

Examples:
  ml-connector reconcile acme/invoices-out --since 7d
  ml-connector reconcile acme/suppliers-out --since 2026-01-01 --enqueue`,
    )
    .action((flow: string, options: ReconcileOptions) =>
      perform(async (session) => (await import('../actions/reconcile.ts')).reconcile(session, flow, options)),
    );
}
