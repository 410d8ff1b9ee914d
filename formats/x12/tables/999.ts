import type { SetTable } from '../../tables/form.ts';
import { GROUP_STATUS, SET_STATUS } from './statuses.ts';

const POSITION = ['722 N0 1 2 M', '1528 N0 1 2', '1686 N0 1 4'];

/** The answer to a group by the guide of its sets. It came with 005010. */
export const X12_999: SetTable = {
  standard: 'X12',
  set: '999',
  group: 'FA',
  release: '005010',
  closed: true,
  sources: [
    'TrueCommerce: X12 EDI, 999 Implementation Acknowledgement',
    'Edidev: Framework EDI, Implementation Acknowledgment',
  ],
  body: [
    'AK1 1 1',
    {
      loop: 'AK2',
      max: '*',
      body: [
        'AK2 1 1',
        {
          loop: 'IK3',
          max: '*',
          body: ['IK3 1 1', 'CTX 0 10', { loop: 'IK4', max: '*', body: ['IK4 1 1', 'CTX 0 10'] }],
        },
        'IK5 1 1',
      ],
    },
    'AK9 1 1',
  ],
  segments: {
    AK1: ['479 ID 2 2 M', '28 N0 1 9 M', '480 AN 1 12'],
    AK2: ['143 ID 3 3 M', '329 AN 4 9 M', '1705 AN 1 35'],
    IK3: ['721 ID 2 3 M', '719 N0 1 10 M', '447 AN 1 4', '620 ID 1 3'],
    CTX: [
      { element: 'C998 M x10', components: ['9999 AN 1 35 M', '9998 AN 1 20'] },
      ...['721 ID 2 3', '719 N0 1 10', '447 AN 1 4'],
      { element: 'C030', components: POSITION },
      { element: 'C999', components: ['725 AN 1 4 M', '725 AN 1 4'] },
    ],
    IK4: [{ element: 'C030 M', components: POSITION }, '725 AN 1 4', '621 ID 1 3 M', '724 AN 1 99'],
    IK5: [SET_STATUS, '618 ID 1 3', '618 ID 1 3', '618 ID 1 3', '618 ID 1 3', '618 ID 1 3'],
    AK9: [
      ...[GROUP_STATUS, '97 N0 1 6 M', '123 N0 1 6 M', '2 N0 1 6 M'],
      ...['716 ID 1 3', '716 ID 1 3', '716 ID 1 3', '716 ID 1 3', '716 ID 1 3'],
    ],
  },
};
