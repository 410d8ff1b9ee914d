import type { SegmentForm } from '../../../tables/form.ts';

/** Who takes part, and how to reach them. */
export const PARTIES: Readonly<Record<string, SegmentForm>> = {
  N1: {
    elements: ['98 ID 2 3 M', '93 AN 1 60 C', '66 ID 1 2 C', '67 AN 2 80 C', '706 ID 2 2', '98 ID 2 3'],
    conditions: ['R0203', 'P0304'],
  },
  N2: ['93 AN 1 60 M', '93 AN 1 60'],
  N3: ['166 AN 1 55 M', '166 AN 1 55'],
  N4: {
    elements: ['19 AN 2 30', '156 ID 2 2', '116 ID 3 15', '26 ID 2 3', '309 ID 1 2 C', '310 AN 1 30'],
    conditions: ['C0605'],
  },
  PER: {
    elements: [
      ...['366 ID 2 2 M', '93 AN 1 60', '365 ID 2 2 C', '364 AN 1 80 C', '365 ID 2 2 C', '364 AN 1 80 C'],
      ...['365 ID 2 2 C', '364 AN 1 80 C', '443 AN 1 20'],
    ],
    conditions: ['P0304', 'P0506', 'P0708'],
  },
};
