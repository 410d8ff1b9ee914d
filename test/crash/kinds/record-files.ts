import { integrationText } from '../../harness/integration.ts';
import { recordFlowText } from '../../harness/records.ts';
import { type CrashKind, numbersOf, rowsOfFiles, TO_A_FOLDER } from '../kind.ts';

const FOLDER = '/outbound/customers-out';

export const recordFiles: CrashKind = {
  name: 'record files',
  flow: 'customers-out',
  integration: integrationText() + recordFlowText('customers-out', { entity: 'customer', columns: ['number', 'name'] }),
  points: TO_A_FOLDER,
  folder: FOLDER,
  begin: async ({ visma }, seed, count) => {
    const numbers = numbersOf(8, seed, count);
    await visma.admin.seed({ customers: numbers.map((number) => ({ number, name: `Customer ${number}` })) });
    return numbers;
  },
  arrived: async (connector) => (await rowsOfFiles(connector, FOLDER, '\n')).map((row) => row.split(';')[0] ?? ''),
};
