import type { Entity } from '../entity.ts';
import { LAST_MODIFIED } from '../filters.ts';
import { merged } from '../json.ts';

/** GET /v1/account: the one list here without page parameters, though its items carry metadata. */
export const account: Entity = {
  name: 'account',
  plural: 'accounts',
  label: 'Account',
  path: '/v1/account',
  onePaths: ['/:accountCd'],
  keyOfPath: ({ accountCd = '' }) => accountCd,
  keyOf: ({ accountCD }) => String(accountCD ?? ''),
  complete: (record, world) =>
    merged(
      {
        accountID: world.nextId(),
        accountCD: '',
        accountGroupCD: '',
        accountClass: 'STANDARD',
        type: 'Expense',
        active: true,
        description: `Account ${record.accountCD}`,
        useDefaultSub: false,
        postOption: 'Detail',
        currency: '',
        taxCategory: '',
        cashAccount: false,
        publicCode1: '',
        externalCode1Info: { number: '', description: '' },
        externalCode2Info: { number: '', description: '' },
        allowManualEntry: true,
      },
      record,
    ),
  generate: (id) => ({ accountCD: id }),
  list: {
    paging: 'legacy',
    filters: {
      ...LAST_MODIFIED,
      active: { kind: 'boolean', field: 'active' },
      publicCode: { kind: 'equals', field: 'publicCode1' },
      externalCode1: { kind: 'equals', field: 'externalCode1Info.number' },
      externalCode2: { kind: 'equals', field: 'externalCode2Info.number' },
    },
    notSimulated: ['analysisCode'],
    expanded: { accountClassDescription: 'includeAccountClassDescription' },
  },
};
