import { createHash } from 'node:crypto';
import type { DocumentRow } from '../ledger/schema.ts';
import type { FlowConfig } from './configuration.ts';

/** What starts the delivery of one document: its ids, and what the Web UI shows and finds it by. */
export interface DeliveryStart {
  readonly documentId: string;
  readonly workflowId: string;
  readonly config: string;
  readonly integration: string;
  readonly flow: string;
  readonly partner: string;
  readonly kind: string;
  readonly reference: string;
}

/** The identity of a document, from which its workflow's id is made. */
interface Identity {
  readonly flow: string;
  readonly sourceKey: string;
  readonly sourceVersion: string;
  readonly generation: number;
}

/** Business keys that can be shown: supplier and invoice numbers, file names. */
const SHOWABLE = /^[A-Za-z0-9][A-Za-z0-9 ._/-]{0,79}$/;
/**
 * Birth numbers, which are also the organisation numbers of sole traders: a day as ddmmyy or (yy)yymmdd, then four or five
 * digits. Longer and shorter runs of digits are numbers of documents.
 */
const PERSONAL =
  /(?<!\d)(?:[0-7]\d(?:0[1-9]|1[0-2]|[4-5]\d)\d{2}[-+ ]?\d{4,5}|(?:\d{2})?\d{2}(?:0[1-9]|1[0-2])[0-9]\d[-+ ]?\d{4})(?!\d)/;

/** A business key as it may stand in workflow ids and search attributes, which are never encrypted: personal ones become a hash. */
export function showable(key: string): string {
  return SHOWABLE.test(key) && !PERSONAL.test(key) ? key : `#${digest(key)}`;
}

/** The id of the workflow that delivers a document: the same document never has two, in any run. */
export function deliveryWorkflowId({ flow, sourceKey, sourceVersion, generation }: Identity): string {
  const version = generation === 0 ? digest(sourceVersion) : `${digest(sourceVersion)}+${generation}`;
  return `deliver/${flow}/${showable(sourceKey)}@${version}`;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}

/** What the workflow needs to start the delivery of a stored document. */
export function deliveryStart(
  config: FlowConfig,
  document: Pick<DocumentRow, 'id' | 'workflowId' | 'kind' | 'sourceKey'>,
): DeliveryStart {
  return {
    documentId: document.id,
    workflowId: document.workflowId,
    config: config.hash,
    integration: config.integration.integration,
    flow: config.name,
    partner: config.integration.partner,
    kind: document.kind,
    reference: showable(document.sourceKey),
  };
}
