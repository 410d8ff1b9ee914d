import { type Command, Option } from 'commander';
import { FAILURE_TYPES } from '../../failures/catalogue.ts';

/** The options by which documents are chosen, the same wherever they are; `lead` says what they go with. */
export function withSelection(command: Command, lead = ''): Command {
  return command
    .option('--flow <integration/flow>', `${lead}of this flow`)
    .option('--integration <name>', `${lead}of this integration`)
    .option('--partner <name>', `${lead}of flows with this partner`)
    .option('--kind <kind>', `${lead}of this kind: InboundFile, Supplier, Invoice, OutboundFile`)
    .option('--code <code>', `${lead}that failed with this code`)
    .addOption(new Option('--type <type>', `${lead}that failed with this type`).choices(FAILURE_TYPES))
    .option('--file <name>', `${lead}that came in or went out in a file of this name`)
    .option('--batch <id>', `${lead}that this batch (one run of a flow) stored`)
    .option(
      '--since <when>',
      `${lead}that arrived since: a day (2026-03-01), an instant, or how long ago (90m, 12h, 7d)`,
    )
    .option('--older-than <when>', `${lead}that arrived before: likewise`);
}
