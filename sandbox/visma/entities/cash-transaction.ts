import type { Entity } from '../entity.ts';
import { LAST_MODIFIED } from '../filters.ts';
import { merged } from '../json.ts';
import { formatWall } from '../server-clock.ts';

/** GET /v1/cashTransaction: pages without metadata on the items. */
export const cashTransaction: Entity = {
  name: 'cashTransaction',
  plural: 'cashTransactions',
  label: 'Cash transaction',
  path: '/v1/cashTransaction',
  onePaths: ['/:referenceNbr'],
  keyOfPath: ({ referenceNbr = '' }) => referenceNbr,
  keyOf: ({ referenceNbr }) => String(referenceNbr ?? ''),
  complete: (record, world) => {
    const date = String(record.tranDate ?? `${formatWall(world.clock.wall()).slice(0, 10)}T00:00:00`);
    const blank = {
      tranType: 'Adjustment',
      status: 'Released',
      hold: false,
      tranDate: date,
      financialPeriod: date.slice(0, 4) + date.slice(5, 7),
      finPeriod: date.slice(5, 7) + date.slice(0, 4),
      cashAccount: { type: 'Asset', number: '1920', description: 'Bank' },
      currency: 'NOK',
      entryType: { id: 'FEE', description: 'Bank fee' },
      disbReceipt: 'Disbursement',
      documentRef: '',
      description: '',
      amount: 0,
      controlTotal: record.amount ?? 0,
      transactionDetails: [],
      taxDetails: [],
    };
    return merged(blank, record);
  },
  generate: (id, index) => ({ referenceNbr: id, documentRef: `BANK-${id}`, amount: 10 + (index % 90) }),
  list: { paging: 'pages', metadata: 'none', filters: LAST_MODIFIED },
};
