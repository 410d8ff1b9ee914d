import type { Entity } from '../entity.ts';
import { LAST_MODIFIED } from '../filters.ts';
import { merged } from '../json.ts';

/** GET /v1/branch: whole, without metadata. */
export const branch: Entity = {
  name: 'branch',
  plural: 'branches',
  label: 'Branch',
  path: '/v1/branch',
  onePaths: ['/:number'],
  keyOfPath: ({ number = '' }) => number,
  keyOf: ({ number }) => String(number ?? ''),
  complete: (record, world) =>
    merged(
      {
        branchId: record.branchId ?? world.nextId(),
        name: `Branch ${record.number}`,
        organizationId: 1,
        isMainBranch: false,
        isActive: true,
        currency: { id: 'NOK', description: 'NOK' },
        ledger: { id: '1', description: 'Actual ledger' },
      },
      record,
    ),
  generate: (id) => ({ number: id }),
  list: { paging: 'legacy', metadata: 'none', filters: LAST_MODIFIED },
};
