import { TypedSearchAttributes } from '@temporalio/common';
import type { DeliverInput } from '../activities/deliver-activities.ts';
import type { DeliveryStart } from '../activities/delivery.ts';
import { TASK_TIMEOUT } from './policies.ts';
import { BUSINESS_REFERENCE, DOCUMENT_KIND, FLOW, INTEGRATION, PARTNER } from './search-attributes.ts';

const RESET_ADVICE = `To try this document again after its cause is mended, run

    ml-connector replay <document>

which starts a new run of this workflow. **Reset** in the Web UI works too: choose the **first** *Workflow Task Completed*
event. Any other point is harmless (nothing is posted twice), but the last one only fails again at once.`;

/** How the delivery of a document is started, whoever starts it: a run, the sweep, or a replay. */
export function deliveryOptions(start: DeliveryStart) {
  const input: DeliverInput = { document: start.documentId, config: start.config };
  return {
    workflowId: start.workflowId,
    args: [input] as [DeliverInput],
    workflowTaskTimeout: TASK_TIMEOUT,
    staticSummary: `${start.kind} ${start.reference} · ${start.flow}`,
    staticDetails: `Document \`${start.documentId}\`\n\n${RESET_ADVICE}`,
    typedSearchAttributes: new TypedSearchAttributes([
      { key: INTEGRATION, value: start.integration },
      { key: FLOW, value: start.flow },
      { key: PARTNER, value: start.partner },
      { key: DOCUMENT_KIND, value: start.kind },
      { key: BUSINESS_REFERENCE, value: start.reference },
    ]),
  };
}
