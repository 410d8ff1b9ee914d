import type { Entity } from '../entity.ts';
import { LAST_MODIFIED } from '../filters.ts';
import { merged } from '../json.ts';

/** GET /v1/subaccount: the key is the joined string of its segments. */
export const subaccount: Entity = {
  name: 'subaccount',
  plural: 'subaccounts',
  label: 'Subaccount',
  path: '/v1/subaccount',
  onePaths: ['/:subAccountNumber'],
  keyOfPath: ({ subAccountNumber = '' }) => subAccountNumber,
  keyOf: ({ subaccountNumber }) => String(subaccountNumber ?? ''),
  complete: (record, world) => {
    const number = String(record.subaccountNumber);
    return merged(
      {
        subaccountNumber: number,
        subaccountId: world.nextId(),
        description: `Subaccount ${number}`,
        active: true,
        segments: [
          {
            segmentId: 1,
            segmentDescription: 'Department',
            segmentValue: number,
            segmentValueDescription: `Department ${number}`,
          },
        ],
      },
      record,
    );
  },
  generate: (id) => ({ subaccountNumber: id }),
  list: {
    paging: 'pages',
    filters: { ...LAST_MODIFIED, active: { kind: 'boolean', field: 'active' } },
  },
};
