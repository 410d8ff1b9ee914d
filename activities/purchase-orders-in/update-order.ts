import { purchaseOrderUpdate } from '../../connectors/visma/entities/purchase-order.ts';
import type { VismaPurchaseOrder } from '../../connectors/visma/schema/purchase-order.ts';
import { Failure } from '../../failures/failure.ts';
import type { IntentRow } from '../../ledger/schema.ts';
import { postedBefore } from '../../ledger/versions.ts';
import { contentHash } from '../../mappings/canonical/content-hash.ts';
import * as toVisma from '../../mappings/visma/purchase-order-write.ts';
import { showable } from '../delivery.ts';
import { segmentsOfLines } from '../documents-in/looked-up.ts';
import type { LookUp } from '../posting/look-up.ts';
import type { Request, VismaWrite } from '../posting/posting.ts';
import { orderReferences } from './order-references.ts';
import type { OrderTask } from './post-order.ts';

/**
 * An update of a purchase order under the version that was read. Setting values twice does no harm; a line that is added
 * twice does, so each added line carries the token, and a look decides whether they are there.
 */
export function orderUpdate(task: OrderTask, orderNbr: string): VismaWrite {
  return {
    step: 'purchaseOrder',
    targetKey: `purchaseOrder/${orderNbr}`,
    externalId: orderNbr,
    prepare: (intent) => prepare(task, orderNbr, intent),
    lookUp: (intent) => lookUp(task, orderNbr, intent),
    refusal: 'fail',
  };
}

async function prepare(task: OrderTask, orderNbr: string, intent: IntentRow): Promise<Request | undefined> {
  const { deps, document, connection, client, canonical: order, config } = task;
  const known = document.generation > 0 ? undefined : await postedBefore(deps.ledger, document);
  if (known !== undefined) {
    const message = `Change ${showable(document.sourceKey)} was applied to order ${showable(known)} already; this file says something else of it.`;
    throw new Failure('DOCUMENT_EXISTS', { message });
  }
  const current = await read(task, orderNbr);
  if (current === undefined) {
    throw new Failure('VISMA_NOT_FOUND', { message: `Purchase order ${showable(orderNbr)} is not in Visma.net.` });
  }
  const purpose = { class: 'post', holder: `${document.id}/references` } as const;
  await deps.referenceData.assertKnown(connection, client, orderReferences(order), purpose);
  const context = { token: intent.token, segments: await segmentsOfLines(task, order.lines) };
  const body = toVisma.purchaseOrderChange(order, current, config.flow.target, context);
  if (body === undefined) return undefined;
  return { request: purchaseOrderUpdate(orderNbr, body, current.timeStamp ?? ''), digest: contentHash(body) };
}

async function lookUp(task: OrderTask, orderNbr: string, intent: IntentRow): Promise<LookUp> {
  const { canonical: order, config } = task;
  const current = await read(task, orderNbr);
  if (current === undefined || current.timeStamp === intent.ifMatch) return { finding: 'absent' };
  if (order.lines.some(({ action }) => action === 'add')) {
    if (toVisma.hasAddedLines(current, intent.token)) return { finding: 'ours', externalId: orderNbr };
    if (!toVisma.hasLinesAlike(order, current)) return { finding: 'absent' };
    return { finding: 'unclear', reason: 'its token is nowhere, and the order has lines that say the same' };
  }
  const context = { token: intent.token, segments: await segmentsOfLines(task, order.lines) };
  const left = toVisma.purchaseOrderChange(order, current, config.flow.target, context);
  return left === undefined ? { finding: 'ours', externalId: orderNbr } : { finding: 'absent' };
}

function read({ client, document }: OrderTask, orderNbr: string): Promise<VismaPurchaseOrder | undefined> {
  return client.purchaseOrders.get(orderNbr, { class: 'post', holder: `${document.id}/order` });
}
