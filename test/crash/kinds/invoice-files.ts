import { partnerHas } from '../../harness/disturb.ts';
import { integrationText } from '../../harness/integration.ts';
import { type CrashKind, numbersOf, TO_A_FOLDER } from '../kind.ts';

const FOLDER = '/outbound/invoices';

export const invoiceFiles: CrashKind = {
  name: 'invoice files',
  flow: 'invoices-out',
  integration: integrationText({ collected: 'inferred' }),
  points: TO_A_FOLDER,
  begin: async ({ visma }, seed, count) => {
    const references = numbersOf(3, seed, count);
    await visma.admin.seed({
      supplierInvoices: references.map((referenceNumber) => ({
        referenceNumber,
        supplierReference: `F-${referenceNumber}`,
        date: '2026-03-05T00:00:00',
        supplier: { number: '50001' },
        invoiceLines: [{ transactionDescription: 'Frakt', unitCost: 100, quantity: 1 }],
      })),
    });
    return references;
  },
  // Invoices that another kind of these tests has created go out too; they are nobody's concern here.
  arrived: async (connector) => {
    const files = await partnerHas(connector, FOLDER);
    const half = files.find(({ name }) => !/^invoices-\d{8}-\d{6}\.csv$/.test(name));
    if (half) throw new Error(`A temporary file was left: ${half.name}`);
    return files.flatMap(({ text }) => text.split('\r\n').slice(1, -1)).map((row) => row.split(';')[1] ?? '');
  },
};
