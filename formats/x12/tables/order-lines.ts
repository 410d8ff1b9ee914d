import type { BodyLine } from '../../tables/form.ts';

// Lines that orders, their answers and their changes have in common. A place that only some releases have is listed for all: it is better
// that too much is read than that a sound order is rejected.

const ADDRESS: readonly BodyLine[] = ['N2 0 2', 'N3 0 2', 'N4 0 *'];
const TRANSPORT: readonly BodyLine[] = ['TD1 0 2', 'TD5 0 12', 'TD3 0 12', 'TD4 0 5'];

/** What follows the first segment, before the items. */
export const ORDER_HEADING: readonly BodyLine[] = [
  ...['CUR 0 1', 'REF 0 *', 'PER 0 3', 'TAX 0 *', 'FOB 0 *', 'CTP 0 *', 'PAM 0 10', 'CSH 0 5'],
  { loop: 'SAC', max: 25, body: ['SAC 1 1', 'CUR 0 1'] },
  ...['ITD 0 *', 'DIS 0 20', 'INC 0 1', 'DTM 0 10', 'LDT 0 12', 'LIN 0 5', 'SI 0 *', 'PID 0 200', 'MEA 0 40'],
  ...['PWK 0 25', 'PKG 0 200', 'TD1 0 2', 'TD5 0 12', 'TD3 0 12', 'TD4 0 5', 'MAN 0 10', 'PCT 0 *', 'CTB 0 5'],
  'TXI 0 *',
  { loop: 'AMT', max: '*', body: ['AMT 1 1', 'REF 0 *', 'DTM 0 *', 'PCT 0 *'] },
  { loop: 'N9', max: 1000, body: ['N9 1 1', 'DTM 0 *', 'MSG 0 1000'] },
  {
    loop: 'N1',
    max: 200,
    body: ['N1 1 1', ...ADDRESS, 'REF 0 12', 'PER 0 *', 'SI 0 *', 'FOB 0 1', ...TRANSPORT, 'PKG 0 200'],
  },
  {
    loop: 'SPI',
    max: '*',
    body: [
      ...['SPI 1 1', 'REF 0 *', 'DTM 0 *', 'MSG 0 *'],
      { loop: 'N1', max: '*', body: ['N1 1 1', ...ADDRESS, 'REF 0 *', 'PER 0 *', 'MSG 0 *'] },
    ],
  },
  { loop: 'ADV', max: '*', body: ['ADV 1 1', 'DTM 0 *', 'MTX 0 *'] },
];

/** What an item is, what it costs and how it travels. */
export const ORDERED_ITEM: readonly BodyLine[] = [
  ...['LIN 0 *', 'SI 0 *', 'CUR 0 1', 'PO3 0 25'],
  { loop: 'CTP', max: '*', body: ['CTP 1 1', 'CUR 0 1'] },
  ...['PAM 0 10', 'MEA 0 40'],
  { loop: 'PID', max: 1000, body: ['PID 1 1', 'MEA 0 10'] },
  ...['PWK 0 25', 'PO4 0 *', 'REF 0 *', 'PER 0 3'],
  { loop: 'SAC', max: 25, body: ['SAC 1 1', 'CUR 0 1', 'CTP 0 1'] },
  ...['IT8 0 25', 'CSH 0 *', 'ITD 0 2', 'DIS 0 20', 'INC 0 1', 'TAX 0 *', 'FOB 0 *', 'SDQ 0 500', 'IT3 0 5'],
  ...['DTM 0 10', 'TD1 0 1', 'TD5 0 12', 'TD3 0 12', 'TD4 0 5'],
];

/** When and where an item is delivered, and what it is made of. */
export const ITEM_DELIVERY: readonly BodyLine[] = [
  ...['PCT 0 *', 'MAN 0 10', 'SPI 0 *', 'TXI 0 *', 'CTB 0 *'],
  { loop: 'QTY', max: '*', body: ['QTY 1 1', 'SI 0 *'] },
  { loop: 'SCH', max: 200, body: ['SCH 1 1', ...TRANSPORT, 'REF 0 *'] },
  { loop: 'PKG', max: 200, body: ['PKG 1 1', 'MEA 0 *'] },
  { loop: 'LDT', max: '*', body: ['LDT 1 1', 'QTY 0 *', 'MSG 0 *', 'REF 0 *'] },
  { loop: 'N9', max: 1000, body: ['N9 1 1', 'DTM 0 *', 'MEA 0 40', 'MSG 0 1000'] },
  {
    loop: 'N1',
    max: 200,
    body: ['N1 1 1', ...ADDRESS, 'REF 0 12', 'PER 0 3', 'SI 0 *', 'DTM 0 1', 'FOB 0 1', ...TRANSPORT, 'PKG 0 200'],
  },
  {
    loop: 'SLN',
    max: 1000,
    body: [
      ...['SLN 1 1', 'MSG 0 *', 'SI 0 *', 'PID 0 1000', 'PO3 0 104', 'CTP 0 25', 'PAM 0 10'],
      { loop: 'SAC', max: 25, body: ['SAC 1 1', 'CUR 0 1', 'CTP 0 1'] },
      ...['DTM 0 10', 'TXI 0 *', 'PO4 0 *', 'TAX 0 *'],
      { loop: 'QTY', max: '*', body: ['QTY 1 1', 'SI 0 *'] },
      { loop: 'N9', max: '*', body: ['N9 1 1', 'DTM 0 *', 'MSG 0 *'] },
      { loop: 'N1', max: 10, body: ['N1 1 1', ...ADDRESS, 'REF 0 12', 'PER 0 3', 'SI 0 *'] },
    ],
  },
  { loop: 'AMT', max: '*', body: ['AMT 1 1', 'REF 0 *', 'PCT 0 *'] },
];

export const ORDER_TOTALS: BodyLine = { loop: 'CTT', max: 1, body: ['CTT 1 1', 'AMT 0 1'] };
