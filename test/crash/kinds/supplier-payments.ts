import { integrationText } from '../../harness/integration.ts';
import { dropPayments, paymentsInFlow, seedOpenInvoices } from '../../harness/payments.ts';
import { type CrashKind, numbersOf, TO_VISMA, WINDOWS } from '../kind.ts';

/** Each is created with what it settles, then released: two writes. */
export const supplierPayments: CrashKind = {
  name: 'supplier payments',
  flow: 'payments-in',
  integration: integrationText(WINDOWS) + paymentsInFlow(),
  points: TO_VISMA,
  writes: { path: '/supplierPayment', each: 2 },
  begin: async (connector, seed, count) => {
    const vouchers = numbersOf(6, seed, count);
    await seedOpenInvoices(connector, vouchers);
    const rows = vouchers.map((voucher) => ({ number: `P-${voucher}`, voucher }));
    await dropPayments(connector, `seed ${seed}.csv`, rows);
    return rows.flatMap(({ number }) => [`create ${number}`, `action release ${number}`]);
  },
  arrived: async ({ visma }) => {
    const { entities, commits } = await visma.admin.state({ entity: 'supplierPayment' });
    const records = entities.supplierPayment?.records ?? [];
    const names = new Map(records.map(({ type, refNbr, paymentRef }) => [`${type}/${refNbr}`, paymentRef]));
    const own = commits.filter(({ entity }) => entity === 'supplierPayment');
    return own.map(({ operation, key }) => `${operation} ${names.get(key)}`);
  },
};
