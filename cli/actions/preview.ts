import { Configuration, flowOf } from '../../activities/configuration.ts';
import { invoicesIn } from '../../activities/invoices-in/kind.ts';
import { journalsIn } from '../../activities/journals-in/kind.ts';
import { paymentsIn } from '../../activities/payments-in/kind.ts';
import { purchaseOrdersIn } from '../../activities/purchase-orders-in/kind.ts';
import type { FlowKind } from '../../config/integration.ts';
import { Failure } from '../../failures/failure.ts';
import { EXIT_CODES } from '../exit.ts';
import { appliedFlow } from '../names.ts';
import { previewDocumentsIn } from '../preview/documents-in.ts';
import { previewInvoicesOut } from '../preview/invoices-out.ts';
import { previewRecordsOut } from '../preview/records-out.ts';
import { previewVendorsIn } from '../preview/vendors-in.ts';
import type { Session } from '../session.ts';
import { wholeNumber } from '../values.ts';

export interface PreviewOptions {
  readonly file?: string;
  readonly bytes?: boolean;
  readonly limit: string;
  readonly json?: boolean;
}

/** Shows what a run of a flow would send. Reads only. */
export async function preview(session: Session, given: string, options: PreviewOptions): Promise<number> {
  const { name, hash } = await appliedFlow(session, given);
  const ledger = await session.ledger();
  const config = await new Configuration(ledger).flow(hash, name);
  refuseContradictions(config.flow.kind, options);
  const common = { limit: wholeNumber('--limit', options.limit, 1_000_000), json: options.json === true };
  const inbound = { ...common, file: options.file };
  const previews: Readonly<Record<FlowKind, () => Promise<boolean>>> = {
    'vendors-in': () => previewVendorsIn(ledger, flowOf(config, 'vendors-in'), inbound),
    'invoices-in': () => previewDocumentsIn(ledger, flowOf(config, 'invoices-in'), invoicesIn, inbound),
    'journals-in': () => previewDocumentsIn(ledger, flowOf(config, 'journals-in'), journalsIn, inbound),
    'payments-in': () => previewDocumentsIn(ledger, flowOf(config, 'payments-in'), paymentsIn, inbound),
    'purchase-orders-in': () =>
      previewDocumentsIn(ledger, flowOf(config, 'purchase-orders-in'), purchaseOrdersIn, inbound),
    'invoices-out': () =>
      previewInvoicesOut(ledger, flowOf(config, 'invoices-out'), { ...common, bytes: options.bytes === true }),
    'records-out': () =>
      previewRecordsOut(ledger, flowOf(config, 'records-out'), { ...common, bytes: options.bytes === true }),
  };
  const isGood = await previews[config.flow.kind]();
  return isGood ? EXIT_CODES.done : EXIT_CODES.failed;
}

function refuseContradictions(kind: string, { file, bytes }: PreviewOptions): void {
  const isSending = kind.endsWith('-out');
  if (bytes && !isSending) refuse('--bytes is for flows that send files.');
  if (file !== undefined && isSending) refuse('--file is for flows that read files.');
}

function refuse(message: string): never {
  throw new Failure('COMMAND_USAGE', { message });
}
