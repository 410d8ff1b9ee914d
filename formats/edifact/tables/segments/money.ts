import type { SegmentForm } from '../../../tables/form.ts';
import { coded, LIST, SERVICE, times } from './composites.ts';

/** Segments of amounts, prices, taxes, charges and terms of payment. */
export const MONEY_SEGMENTS: Readonly<Record<string, SegmentForm>> = {
  CUX: [
    ...times(2, {
      element: 'C504 C',
      components: ['6347 an 1 3 M', '6345 an 1 3 C', '6343 an 1 3 C', '6348 n 1 4 C'],
    }),
    '5402 n 1 12 C',
    '6341 an 1 3 C',
  ],
  MOA: [
    {
      element: 'C516 M',
      components: ['5025 an 1 3 M', '5004 n 1 18 C', '6345 an 1 3 C', '6343 an 1 3 C', '4405 an 1 3 C'],
    },
  ],
  PCD: [{ element: 'C501 M', components: ['5245 an 1 3 M', '5482 n 1 10 C', '5249 an 1 3 C', ...LIST] }],
  TAX: [
    '5283 an 1 3 M',
    coded('C241 C', '5153 an 1 3 C', '5152 an 1 35 C'),
    coded('C533 C', '5289 an 1 6 M'),
    '5286 an 1 15 C',
    { element: 'C243 C', components: ['5279 an 1 7 C', ...LIST, '5278 an 1 17 C', '5273 an 1 12 C', ...LIST] },
    ...['5305 an 1 3 C', '3446 an 1 20 C'],
  ],
  ALC: [
    '5463 an 1 3 M',
    { element: 'C552 C', components: ['1230 an 1 35 C', '5189 an 1 3 C'] },
    ...['4471 an 1 3 C', '1227 an 1 3 C'],
    SERVICE,
  ],
  PAI: [
    {
      element: 'C534 M',
      components: ['4439 an 1 3 C', '4431 an 1 3 C', '4461 an 1 3 C', ...LIST, '4435 an 1 3 C'],
    },
  ],
  PAT: [
    '4279 an 1 3 M',
    coded('C110 C', '4277 an 1 17 M', ...times(2, '4276 an 1 35 C')),
    { element: 'C112 C', components: ['2475 an 1 3 M', '2009 an 1 3 C', '2151 an 1 3 C', '2152 n 1 3 C'] },
  ],
  PRI: [
    {
      element: 'C509 C',
      components: [
        ...['5125 an 1 3 M', '5118 n 1 15 C', '5375 an 1 3 C', '5387 an 1 3 C', '5284 n 1 9 C', '6411 an 1 3 C'],
      ],
    },
    '5213 an 1 3 C',
  ],
};
