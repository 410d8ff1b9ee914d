import type { FlowKind } from '../config/integration.ts';
import type { Dependencies } from './dependencies.ts';
import { createDocumentsIn } from './documents-in/steps.ts';
import type { FlowSteps } from './flow-steps.ts';
import { invoicesIn } from './invoices-in/kind.ts';
import { createInvoicesOut } from './invoices-out/steps.ts';
import { journalsIn } from './journals-in/kind.ts';
import { paymentsIn } from './payments-in/kind.ts';
import { purchaseOrdersIn } from './purchase-orders-in/kind.ts';
import { createRecordsOut } from './records-out/steps.ts';
import { createVendorsIn } from './vendors-in/steps.ts';

/** The steps of every kind of flow. A new kind is one line here and one folder beside. */
export function createStepsOf(deps: Dependencies): (kind: FlowKind) => FlowSteps {
  const steps: Record<FlowKind, FlowSteps> = {
    'vendors-in': createVendorsIn(deps),
    'invoices-in': createDocumentsIn(deps, invoicesIn),
    'journals-in': createDocumentsIn(deps, journalsIn),
    'payments-in': createDocumentsIn(deps, paymentsIn),
    'purchase-orders-in': createDocumentsIn(deps, purchaseOrdersIn),
    'invoices-out': createInvoicesOut(deps),
    'records-out': createRecordsOut(deps),
  };
  return (kind) => steps[kind];
}
