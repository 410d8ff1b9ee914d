import { integrationText } from '../../harness/integration.ts';
import { type CrashKind, numbersOf, rowsOfFiles, TO_A_FOLDER } from '../kind.ts';

const FOLDER = '/outbound/invoices';

export const invoiceFiles: CrashKind = {
  name: 'invoice files',
  flow: 'invoices-out',
  integration: integrationText({ collected: 'inferred' }),
  points: TO_A_FOLDER,
  folder: FOLDER,
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
  arrived: async (connector) => (await rowsOfFiles(connector, FOLDER, '\r\n')).map((row) => row.split(';')[1] ?? ''),
};
