import { type Command, Option } from 'commander';
import type { DocumentsOptions } from '../actions/documents.ts';
import { perform } from '../session.ts';

const STATES = ['received', 'transformed', 'posted', 'delivered', 'failed', 'uncertain', 'skipped', 'superseded'];

export function registerDocuments(program: Command): void {
  program
    .command('documents')
    .description('list documents with their state, and why they failed')
    .addOption(new Option('--state <state...>', 'in one of these states').choices(STATES))
    .option('--failed', 'what waits for a person: failed or uncertain')
    .option('--flow <integration/flow>', 'of this flow')
    .option('--kind <kind>', 'of this kind: InboundFile, Supplier, Invoice, OutboundFile')
    .option('--reference <value>', 'with this supplier, invoice or voucher number, or file name')
    .option('--code <code>', 'that failed with this code')
    .option('--since <when>', 'that arrived since: a day (2026-03-01), an instant, or how long ago (90m, 12h, 7d)')
    .option('--limit <count>', 'at most so many, the newest first', '50')
    .option(
      '--json',
      'one JSON object a line: id, integration, flow, kind, state, sourceKey, sourceVersion, references, externalId, failure {type, code, message, next}, createdAt',
    )
    .addHelpText(
      'after',
      `
States: received, transformed and posted are on their way; delivered, skipped (nothing to change) and superseded (a newer
version came) are done; failed and uncertain wait for a person.

Examples:
  ml-connector documents --failed
  ml-connector documents --flow acme/vendors-in --since 7d
  ml-connector documents --reference 50001 --json`,
    )
    .action((options: DocumentsOptions) =>
      perform(async (session) => (await import('../actions/documents.ts')).documents(session, options)),
    );
}
