import type { Entity } from '../entity.ts';
import { LAST_MODIFIED } from '../filters.ts';
import { merged } from '../json.ts';

/** GET /v1/ledger: whole, without metadata. */
export const ledger: Entity = {
  name: 'ledger',
  plural: 'ledgers',
  label: 'Ledger',
  path: '/v1/ledger',
  onePaths: ['/:number'],
  keyOfPath: ({ number = '' }) => number,
  keyOf: ({ number }) => String(number ?? ''),
  complete: (record, world) =>
    merged(
      {
        internalId: record.internalId ?? world.nextId(),
        description: `Ledger ${record.number}`,
        balanceType: 'Actual',
        currencyId: 'NOK',
      },
      record,
    ),
  generate: (id) => ({ number: id }),
  list: { paging: 'legacy', metadata: 'none', filters: LAST_MODIFIED },
};
