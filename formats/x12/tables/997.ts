import type { SetTable } from '../../tables/form.ts';
import { GROUP_STATUS, SET_STATUS } from './statuses.ts';

/** The answer to a group. Element and group codes are not listed: each release has its own. */
export const X12_997: SetTable = {
  standard: 'X12',
  set: '997',
  group: 'FA',
  release: '004010',
  closed: true,
  sources: [
    'Microsoft BizTalk Server: X12 997 acknowledgment',
    'Walmart.com: Drop Ship Vendor, 997 Functional Acknowledgement, 4010',
  ],
  body: [
    'AK1 1 1',
    {
      loop: 'AK2',
      max: '*',
      body: ['AK2 1 1', { loop: 'AK3', max: '*', body: ['AK3 1 1', 'AK4 0 99'] }, 'AK5 1 1'],
    },
    'AK9 1 1',
  ],
  segments: {
    AK1: ['479 ID 2 2 M', '28 N0 1 9 M'],
    AK2: ['143 ID 3 3 M', '329 AN 4 9 M'],
    AK3: ['721 ID 2 3 M', '719 N0 1 6 M', '447 AN 1 6', '720 ID 1 3'],
    AK4: [
      { element: 'C030 M', components: ['722 N0 1 2 M', '1528 N0 1 2'] },
      ...['725 N0 1 4', '723 ID 1 3 M', '724 AN 1 99'],
    ],
    AK5: [SET_STATUS, '718 ID 1 3', '718 ID 1 3', '718 ID 1 3', '718 ID 1 3', '718 ID 1 3'],
    AK9: [
      ...[GROUP_STATUS, '97 N0 1 6 M', '123 N0 1 6 M', '2 N0 1 6 M'],
      ...['716 ID 1 3', '716 ID 1 3', '716 ID 1 3', '716 ID 1 3', '716 ID 1 3'],
    ],
  },
  patches: {
    '005010': {
      AK1: ['479 ID 2 2 M', '28 N0 1 9 M', '480 AN 1 12'],
      AK2: ['143 ID 3 3 M', '329 AN 4 9 M', '1705 AN 1 35'],
      'AK3.02': '719 N0 1 10 M',
      'AK3.03': '447 AN 1 4',
      'AK4.02': '725 AN 1 4',
      'AK4.01': { components: ['722 N0 1 2 M', '1528 N0 1 2', '1686 N0 1 4'] },
    },
  },
};
