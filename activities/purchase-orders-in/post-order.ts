import { purchaseOrderCreate } from '../../connectors/visma/entities/purchase-order.ts';
import type { VismaPurchaseOrder } from '../../connectors/visma/schema/purchase-order.ts';
import { Failure } from '../../failures/failure.ts';
import { externalIdAt, neighboursOf } from '../../ledger/versions.ts';
import type { PurchaseOrder } from '../../mappings/canonical/purchase-order.ts';
import * as toVisma from '../../mappings/visma/purchase-order-write.ts';
import { showable } from '../delivery.ts';
import type { Task, Writes } from '../documents-in/kind.ts';
import { segmentsOfLines } from '../documents-in/looked-up.ts';
import { createByToken } from '../posting/create-by-token.ts';
import { placeOf } from '../posting/place.ts';
import type { VismaWrite } from '../posting/posting.ts';
import { orderReferences } from './order-references.ts';
import { orderUpdate } from './update-order.ts';

export type OrderTask = Task<'purchase-orders-in', PurchaseOrder>;

/** A new order is created; a change or a cancellation updates the order that it names, after all that came before it. */
export async function orderWrites(task: OrderTask): Promise<Writes> {
  if (task.canonical.action === 'create') return { first: orderCreate(task), following: [] };
  return { first: orderUpdate(task, await orderNumberOf(task)), following: [] };
}

function orderCreate(task: OrderTask): VismaWrite {
  const { canonical: order, config, client, document } = task;
  const supplier = order.supplier?.number ?? '';
  return createByToken<VismaPurchaseOrder>(task, {
    step: 'purchaseOrder',
    what: 'purchase order',
    targetKey: `purchaseOrder/${document.sourceKey}`,
    request: async (token) => {
      const context = { token, segments: await segmentsOfLines(task, order.lines) };
      return purchaseOrderCreate(toVisma.purchaseOrderCreate(order, config.flow.target, context));
    },
    references: orderReferences(order),
    changedSince: (modifiedSince) =>
      client.purchaseOrders.list({ supplier, modifiedSince }, { class: 'post', holder: `${document.id}/look-up` }),
    idOf: ({ orderNbr }) => orderNbr,
    tokenIn: ({ note }) => note,
    isAlike: ({ supplierRef }) => (supplierRef ?? '').trim().toUpperCase() === order.number.trim().toUpperCase(),
  });
}

/**
 * Visma.net's number of the order that a change is about. Changes of one order are applied in the order they came: one waits
 * for those before it, and does not go over a later one.
 *
 * @throws Failure TARGET_BUSY, DOCUMENT_OUTDATED, REFERENCE_UNKNOWN
 */
async function orderNumberOf({ deps, document, canonical, connection }: OrderTask): Promise<string> {
  const { number, orderNumber } = canonical;
  const { underWay, done } = await neighboursOf(deps.ledger, document, { name: 'order', value: number });
  if (underWay) {
    const message = `Document ${document.id} waits: an earlier one about order ${showable(number)} is on its way.`;
    throw new Failure('TARGET_BUSY', { message });
  }
  if (done && document.generation === 0 && document.externalId === null) {
    const message = `A later change of order ${showable(number)} is in Visma.net already; this one would go over it.`;
    throw new Failure('DOCUMENT_OUTDATED', { message });
  }
  const known =
    orderNumber ?? (await externalIdAt(deps.ledger, { flow: document.flow, sourceKey: number }, placeOf(connection)));
  if (known !== undefined) return known;
  throw new Failure('REFERENCE_UNKNOWN', {
    message: `Order ${showable(number)} did not come through this flow, and the file does not say its number in Visma.net.`,
    next: 'Map `orderNumber`, or have the order sent first, then replay the document.',
  });
}
