import { integrationText } from '../../harness/integration.ts';
import { dropInvoices, invoicesInFlow, invoicesInVisma } from '../../harness/invoices.ts';
import { type CrashKind, numbersOf, TO_VISMA, WINDOWS } from '../kind.ts';

/** Each is created, gets its rows attached and is released: three writes. */
export const supplierInvoices: CrashKind = {
  name: 'supplier invoices',
  flow: 'invoices-in',
  integration: integrationText(WINDOWS) + invoicesInFlow({ attach: 'rows', release: true }),
  points: TO_VISMA,
  writes: { path: '/supplierInvoice', each: 3 },
  begin: async (connector, seed, count) => {
    const numbers = numbersOf(4, seed, count).map((number) => `F-${number}`);
    const rows = numbers.map((number) => ({ number }));
    await dropInvoices(connector, `seed ${seed}.csv`, rows);
    return numbers.flatMap((number) => [`create ${number}`, `attachment ${number}`, `action release ${number}`]);
  },
  arrived: async (connector) => {
    const { records, commits } = await invoicesInVisma(connector);
    const byKey = new Map(records.map((record) => [`${record.documentType}/${record.referenceNumber}`, record]));
    // Attached twice under its name, a file is still one.
    const attached = records.flatMap(({ attachments, supplierReference }) =>
      ((attachments ?? []) as unknown[]).map(() => `attachment ${supplierReference}`),
    );
    const others = commits.filter(({ operation }) => operation !== 'attachment');
    return [...attached, ...others.map(({ operation, key }) => `${operation} ${byKey.get(key)?.supplierReference}`)];
  },
};
