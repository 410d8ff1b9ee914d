import type { BodyLine, SetTable } from '../../tables/form.ts';

/** What a level may hold, whichever it is: guides put the same segments at different levels. */
const LEVEL: readonly BodyLine[] = [
  ...['HL 1 1', 'LIN 0 1', 'SN1 0 1', 'SLN 0 1000', 'PRF 0 1', 'PO4 0 1', 'PID 0 200', 'MEA 0 40', 'PWK 0 25'],
  ...['PKG 0 25', 'TD1 0 20', 'TD5 0 12', 'TD3 0 12', 'TD4 0 5', 'TSD 0 1', 'REF 0 *', 'PER 0 3'],
  { loop: 'CLD', max: 200, body: ['CLD 1 1', 'REF 0 200'] },
  ...['MAN 0 *', 'DTM 0 10', 'FOB 0 1', 'PAL 0 1'],
  { loop: 'N1', max: 200, body: ['N1 1 1', 'N2 0 2', 'N3 0 2', 'N4 0 *', 'REF 0 12', 'PER 0 3', 'FOB 0 1'] },
  ...['SDQ 0 50', 'ETD 0 1', 'CUR 0 1'],
  { loop: 'SAC', max: '*', body: ['SAC 1 1', 'CUR 0 1'] },
  { loop: 'GF', max: '*', body: ['GF 1 1', 'DTM 0 *'] },
  'YNQ 0 10',
  { loop: 'LM', max: 10, body: ['LM 1 1', 'LQ 0 100'] },
  { loop: 'V1', max: '*', body: ['V1 1 1', 'R4 0 *', 'DTM 0 *'] },
];

/**
 * What a seller has sent. Levels follow one another whatever their order: which of them holds which is told by HL01 and HL02, and not
 * checked here.
 */
export const X12_856: SetTable = {
  standard: 'X12',
  set: '856',
  group: 'SH',
  release: '004010',
  closed: false,
  sources: [
    'HFI: EDI specifications, 856 Advanced Shipping Notification, X12 4010',
    'Mars: 856 Ship Notice/Manifest, UCS 4010',
  ],
  body: [
    ...['BSN 1 1', 'DTM 0 10'],
    {
      loop: 'HL',
      min: 1,
      max: 200_000,
      tree: { id: '01', parent: '02' },
      by: '03',
      variants: { S: {}, O: {}, T: {}, P: {}, I: {} },
      body: LEVEL,
    },
    'CTT 0 1',
  ],
  segments: {
    BSN: {
      elements: [
        ...['353 ID 2 2 M', '396 AN 2 30 M', '373 DT 8 8 M', '337 TM 4 8 M'],
        {
          element: '1005 ID 4 4',
          codes: {
            '0001': 'shipment, order, package, item',
            '0002': 'shipment, order, item, package',
            '0004': 'shipment, order, item',
          },
        },
        ...['640 ID 2 2 C', '641 ID 3 3'],
      ],
      conditions: ['C0706'],
    },
    HL: [
      ...['628 AN 1 12 M', '734 AN 1 12'],
      { element: '735 ID 1 2 M', codes: { S: 'shipment', O: 'order', T: 'pallet', P: 'package', I: 'item' } },
      '736 ID 1 1',
    ],
    SN1: {
      elements: [
        ...['350 AN 1 20', '382 R 1 10 M', '355 ID 2 2 M', '646 R 1 15', '330 R 1 15 C', '355 ID 2 2 C'],
        ...['728 ID 1 1', '668 ID 2 2'],
      ],
      conditions: ['P0506'],
    },
    PRF: ['324 AN 1 22 M', '328 AN 1 30', '327 AN 1 8', '373 DT 8 8', '350 AN 1 20', '367 AN 1 30', '92 ID 2 2'],
    CLD: ['622 N0 1 5 M', '382 R 1 10 M', '103 AN 3 5', '357 R 1 8 C', '355 ID 2 2'],
  },
};
