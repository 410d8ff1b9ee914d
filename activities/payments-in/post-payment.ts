import { supplierPaymentCreate, supplierPaymentRelease } from '../../connectors/visma/entities/supplier-payment.ts';
import type { VismaSupplierPayment } from '../../connectors/visma/schema/supplier-payment.ts';
import type { Remittance } from '../../mappings/canonical/remittance.ts';
import * as toVisma from '../../mappings/visma/supplier-payment-write.ts';
import type { Task, Writes } from '../documents-in/kind.ts';
import { openPeriod } from '../documents-in/looked-up.ts';
import { createByToken } from '../posting/create-by-token.ts';
import type { VismaWrite } from '../posting/posting.ts';
import { releaseWrite } from '../posting/release.ts';
import type { Reference } from '../reference-data/reference.ts';
import { vouchersOf } from './vouchers.ts';

type PaymentTask = Task<'payments-in', Remittance>;

const TYPE = 'Payment';

/** A payment is created with what it settles, then released where the flow says so. */
export function paymentWrites(task: PaymentTask): Writes {
  const { release } = task.config.flow.target;
  return { first: paymentCreate(task), following: release ? [(id) => paymentRelease(task, id)] : [] };
}

function paymentCreate(task: PaymentTask): VismaWrite {
  const { canonical: remittance, config, client, document } = task;
  const { supplier, number } = remittance;
  return createByToken<VismaSupplierPayment>(task, {
    step: 'supplierPayment',
    what: 'payment',
    targetKey: `supplierPayment/${document.sourceKey}`,
    request: async (token) => {
      await openPeriod(task, remittance, 'supplier');
      const vouchers = await vouchersOf(client, remittance, { class: 'post', holder: `${document.id}/vouchers` });
      return supplierPaymentCreate(toVisma.supplierPaymentCreate(remittance, config.flow.target, { token, vouchers }));
    },
    references: paymentReferences(remittance),
    changedSince: (modifiedSince) =>
      client.supplierPayments.list(
        { supplier: supplier.number, paymentType: TYPE, modifiedSince },
        { class: 'post', holder: `${document.id}/look-up` },
      ),
    idOf: ({ refNbr }) => refNbr,
    tokenIn: ({ description }) => description,
    isAlike: ({ paymentRef }) => (paymentRef ?? '').trim().toUpperCase() === number.trim().toUpperCase(),
  });
}

function paymentReferences({ supplier, currency, branch }: Remittance): Reference[] {
  return [
    { kind: 'supplier', value: supplier.number, field: 'supplier.number' },
    ...(currency ? [{ kind: 'currency', value: currency, field: 'currency' } as const] : []),
    ...(branch ? [{ kind: 'branch', value: branch, field: 'branch' } as const] : []),
  ];
}

function paymentRelease({ client, document }: PaymentTask, refNbr: string): VismaWrite {
  const key = { type: TYPE, refNbr };
  return releaseWrite({
    targetKey: `supplierPayment/${TYPE}/${refNbr}`,
    externalId: refNbr,
    request: supplierPaymentRelease(key),
    status: async () => {
      const record = await client.supplierPayments.get(key, { class: 'post', holder: `${document.id}/release` });
      return record && (record.status ?? 'Balanced');
    },
  });
}
