import type { Connector } from '../../harness/connector.ts';
import { integrationText } from '../../harness/integration.ts';
import { dropVendors } from '../../harness/vendors.ts';
import { type CrashKind, numbersOf, TO_VISMA, WINDOWS } from '../kind.ts';

/** Every other supplier is in Visma.net already, under another name. */
export const suppliers: CrashKind = {
  name: 'suppliers',
  flow: 'vendors-in',
  integration: integrationText(WINDOWS),
  points: TO_VISMA,
  writes: { path: '/supplier', each: 1 },
  begin: async (connector, seed, count) => {
    const numbers = numbersOf(1, seed, count);
    const known = numbers.filter((_, index) => index % 2 === 1);
    await connector.visma.admin.seed({ suppliers: known.map((number) => ({ number, name: `Before ${number}` })) });
    return dropNamed(connector, seed, numbers);
  },
  arrived,
};

export const suppliersBySeries: CrashKind = {
  ...suppliers,
  name: 'suppliers, numbers by series',
  integration: integrationText({ ...WINDOWS, numbering: 'automatic' }),
  begin: (connector, seed, count) => dropNamed(connector, seed, numbersOf(2, seed, count)),
};

async function dropNamed(connector: Connector, seed: number, numbers: readonly string[]): Promise<string[]> {
  const rows = numbers.map((number) => ({ number, name: `Vendor ${number}` }));
  await dropVendors(connector, `seed ${seed}.csv`, rows);
  return rows.map(({ name }) => name);
}

async function arrived({ visma }: Connector): Promise<string[]> {
  const { commits } = await visma.admin.state({ entity: 'supplier', records: false });
  const own = commits.filter(({ entity }) => entity === 'supplier');
  return own.map(({ body }) => (body as { name: { value: string } }).name.value);
}
