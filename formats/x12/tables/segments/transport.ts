import type { SegmentForm } from '../../../tables/form.ts';

/** How goods are packed and carried, and who pays for it. */
export const TRANSPORT: Readonly<Record<string, SegmentForm>> = {
  FOB: {
    elements: [
      ...['146 ID 2 2 M', '309 ID 1 2 C', '352 AN 1 80', '334 ID 2 2', '335 ID 3 3 C', '309 ID 1 2 C'],
      ...['352 AN 1 80', '54 ID 2 2 C', '352 AN 1 80'],
    ],
    conditions: ['C0302', 'C0405', 'C0706', 'C0908'],
  },
  TD1: [
    ...[
      '103 AN 3 5',
      '80 N0 1 7 C',
      '23 ID 1 1 C',
      '22 AN 1 30',
      '79 AN 1 50',
      '187 ID 1 2',
      '81 R 1 10',
      '355 ID 2 2',
    ],
    ...['183 R 1 8', '355 ID 2 2'],
  ],
  TD3: [
    ...['40 ID 2 2', '206 AN 1 4', '207 AN 1 10 C', '187 ID 1 2', '81 R 1 10 C', '355 ID 2 2 C', '102 ID 1 1'],
    ...['407 ID 2 2', '225 AN 2 15', '24 ID 4 4'],
  ],
  TD5: [
    ...['133 ID 1 2 C', '66 ID 1 2 C', '67 AN 2 80 C', '91 ID 1 2 C', '387 AN 1 35 C', '368 ID 2 2 C'],
    ...['731 ID 1 1 C', '309 ID 1 2 C', '310 AN 1 30 C', '732 ID 2 2 C', '733 R 1 4 C', '284 ID 2 2 C'],
  ],
};
