import { type Command, Option } from 'commander';
import type { DocumentsOptions } from '../actions/documents.ts';
import { perform } from '../session.ts';
import { withSelection } from './selection-options.ts';

const STATES = ['received', 'transformed', 'posted', 'delivered', 'failed', 'uncertain', 'skipped', 'superseded'];

export function registerDocuments(program: Command): void {
  const command = program
    .command('documents')
    .description('list documents with their state, and why they failed; or count them')
    .addOption(new Option('--state <state...>', 'in one of these states').choices(STATES))
    .option('--failed', 'what waits for a person: failed or uncertain')
    .option(
      '--reference <value>',
      'with this supplier, order, invoice or voucher number, file name, number in the other system, or token',
    );
  withSelection(command)
    .addOption(
      new Option('--count-by <what>', 'counts instead of a list').choices(['code', 'state', 'flow', 'partner', 'kind']),
    )
    .option('--limit <count>', 'at most so many, the newest first', '50')
    .option('--after <document>', 'go on after this one, the last of the page before')
    .option(
      '--json',
      'one JSON object a line: id, integration, flow, kind, state, sourceKey, sourceVersion, references, externalId, failure {type, code, message, next}, batch, createdAt; with --count-by: value, documents, oldest',
    )
    .addHelpText(
      'after',
      `
States: received, transformed and posted are on their way; delivered, skipped (nothing to change) and superseded (a newer
version came) are done; failed and uncertain wait for a person. All conditions given must hold. What arrives while you
turn pages with --after shifts none of them.

Examples:
  ml-connector documents --failed
  ml-connector documents --failed --count-by code
  ml-connector documents --state received posted --older-than 2h
  ml-connector documents --flow acme/vendors-in --since 7d --limit 1000
  ml-connector documents --reference 50001 --json`,
    )
    .action((options: DocumentsOptions) =>
      perform(async (session) => (await import('../actions/documents.ts')).documents(session, options)),
    );
}
