import type { ElementForm, SegmentForm } from '../../../tables/form.ts';
import { coded, ITEM_ID, LIST, lines, SERVICE, times } from './composites.ts';

const IDENTITY: ElementForm = { element: 'C208 C', components: ['7402 an 1 35 M', '7402 an 1 35 C'] };
const RELATED: ElementForm = { element: 'C206 C', components: ['7402 an 1 35 M', '7405 an 1 3 C', '4405 an 1 3 C'] };

/** Segments of goods: what they are, how many, how packed, how sent. */
export const GOODS_SEGMENTS: Readonly<Record<string, SegmentForm>> = {
  LIN: [
    ...['1082 n 1 6 C', '1229 an 1 3 C'],
    ITEM_ID,
    { element: 'C829 C', components: ['5495 an 1 3 C', '1082 n 1 6 C'] },
    ...['1222 n 1 2 C', '7083 an 1 3 C'],
  ],
  PIA: ['4347 an 1 3 M', ...times(5, ITEM_ID)],
  IMD: [
    ...['7077 an 1 3 C', '7081 an 1 3 C'],
    coded('C273 C', '7009 an 1 17 C', ...times(2, '7008 an 1 35 C'), '3453 an 1 3 C'),
    '7383 an 1 3 C',
  ],
  MEA: [
    '6311 an 1 3 M',
    { element: 'C502 C', components: ['6313 an 1 3 C', '6321 an 1 3 C', '6155 an 1 3 C', '6154 an 1 70 C'] },
    {
      element: 'C174 C',
      components: ['6411 an 1 3 M', '6314 n 1 18 C', '6162 n 1 18 C', '6152 n 1 18 C', '6432 n 1 2 C'],
    },
    '7383 an 1 3 C',
  ],
  QTY: [{ element: 'C186 M', components: ['6063 an 1 3 M', '6060 n 1 15 M', '6411 an 1 3 C'] }],
  QVR: [
    { element: 'C279 C', components: ['6064 n 1 15 M', '6063 an 1 3 C'] },
    '4221 an 1 3 C',
    coded('C960 C', '4295 an 1 3 C', '4294 an 1 35 C'),
  ],
  CPS: ['7164 an 1 12 M', '7166 an 1 12 C', '7075 an 1 3 C'],
  PAC: [
    '7224 n 1 8 C',
    { element: 'C531 C', components: ['7075 an 1 3 C', '7233 an 1 3 C', '7073 an 1 3 C'] },
    coded('C202 C', '7065 an 1 17 C', '7064 an 1 35 C'),
    {
      element: 'C402 C',
      components: ['7077 an 1 3 M', '7064 an 1 35 M', '7143 an 1 3 C', '7064 an 1 35 C', '7143 an 1 3 C'],
    },
    { element: 'C532 C', components: ['8395 an 1 3 C', '8393 an 1 3 C'] },
  ],
  PCI: ['4233 an 1 3 C', lines('C210 C', '7102', 35, 10), '8275 an 1 3 C', coded('C827 C', '7511 an 1 3 M')],
  GIN: ['7405 an 1 3 M', ...times(5, IDENTITY)],
  GIR: ['7297 an 1 3 M', ...times(5, RELATED)],
  DLM: [
    '4455 an 1 3 C',
    { element: 'C522 C', components: ['4403 an 1 3 M', '4401 an 1 3 C', ...LIST, '4400 an 1 35 C'] },
    SERVICE,
    '4457 an 1 3 C',
  ],
  TDT: [
    ...['8051 an 1 3 M', '8028 an 1 17 C'],
    { element: 'C220 C', components: ['8067 an 1 3 C', '8066 an 1 17 C'] },
    { element: 'C228 C', components: ['8179 an 1 8 C', '8178 an 1 17 C'] },
    coded('C040 C', '3127 an 1 17 C', '3128 an 1 35 C'),
    '8101 an 1 3 C',
    { element: 'C401 C', components: ['8457 an 1 3 M', '8459 an 1 3 M', '7130 an 1 17 C'] },
    coded('C222 C', '8213 an 1 9 C', '8212 an 1 35 C', '8453 an 1 3 C'),
    '8281 an 1 3 C',
  ],
  TOD: ['4055 an 1 3 C', '4215 an 1 3 C', coded('C100 C', '4053 an 1 3 C', ...times(2, '4052 an 1 70 C'))],
  EQD: [
    '8053 an 1 3 M',
    coded('C237 C', '8260 an 1 17 C', '3207 an 1 3 C'),
    coded('C224 C', '8155 an 1 4 C', '8154 an 1 35 C'),
    ...['8077 an 1 3 C', '8249 an 1 3 C', '8169 an 1 3 C'],
  ],
};
