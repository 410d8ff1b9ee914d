import type { Entity } from '../entity.ts';
import { LAST_MODIFIED } from '../filters.ts';
import { merged } from '../json.ts';
import { described } from '../references.ts';
import { formatWall } from '../server-clock.ts';

const STATUSES = ['Active', 'OnHold', 'CreditHold', 'Inactive', 'OneTime'] as const;

/** GET /v1/customer: built like the supplier. Its writes are not simulated. */
export const customer: Entity = {
  name: 'customer',
  plural: 'customers',
  label: 'Customer',
  path: '/v1/customer',
  onePaths: ['/:number'],
  keyOfPath: ({ number = '' }) => number,
  keyOf: ({ number }) => String(number ?? ''),
  complete: (record, world) =>
    merged(
      {
        internalId: world.nextId(),
        name: `Customer ${record.number}`,
        status: 'Active',
        creditTerms: described(world.references.need('creditTerms', '30')),
        currencyId: 'NOK',
        createdDateTime: formatWall(world.clock.wall()),
      },
      record,
    ),
  generate: (id, index) => ({ number: id, name: `Customer ${id}`, corporateId: String(800_000_000 + index) }),
  list: {
    paging: 'pages',
    filters: {
      ...LAST_MODIFIED,
      createdDateTime: { kind: 'moment', field: 'createdDateTime', condition: 'createdDateTimeCondition' },
      name: { kind: 'equals', field: 'name' },
      status: { kind: 'choice', field: 'status', values: STATUSES },
      corporateId: { kind: 'equals', field: 'corporateId' },
      vatRegistrationId: { kind: 'equals', field: 'vatRegistrationId' },
    },
    notSimulated: ['email', 'phone', 'attributes'],
  },
};
