import type { ElementForm, SegmentForm, SegmentLibrary } from '../../tables/form.ts';

/** Qualifier and value of a product, as often as a segment has them; `P` holds each pair together. */
const productPairs = (pairs: number): ElementForm[] =>
  Array.from({ length: pairs }, (): ElementForm[] => ['235 ID 2 2 C', '234 AN 1 48 C']).flat();

/** `P0607`, `P0809`: pairs of elements from a first position on. */
const pairedFrom = (first: number, pairs: number): string[] =>
  Array.from({ length: pairs }, (_, pair) => `P${two(first + 2 * pair)}${two(first + 2 * pair + 1)}`);

const two = (position: number) => String(position).padStart(2, '0');

const UNIT: ElementForm = {
  element: 'C001 C',
  components: ['355 ID 2 2 M', '1018 R 1 15', '649 R 1 10', '355 ID 2 2', '1018 R 1 15', '649 R 1 10', '355 ID 2 2'],
};
const REFERENCE: ElementForm = {
  element: 'C040 O',
  components: ['128 ID 2 3 M', '127 AN 1 30 M', '128 ID 2 3 C', '127 AN 1 30 C', '128 ID 2 3 C', '127 AN 1 30 C'],
};

const PARTIES: Readonly<Record<string, SegmentForm>> = {
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

const REFERENCES: Readonly<Record<string, SegmentForm>> = {
  REF: { elements: ['128 ID 2 3 M', '127 AN 1 30 C', '352 AN 1 80 C', REFERENCE], conditions: ['R0203'] },
  N9: {
    elements: [
      ...['128 ID 2 3 M', '127 AN 1 30 C', '369 AN 1 45 C', '373 DT 8 8', '337 TM 4 8 C', '623 ID 2 2 C'],
      REFERENCE,
    ],
    conditions: ['R0203', 'C0605'],
  },
  MSG: { elements: ['933 AN 1 264 M', '934 ID 2 2 C', '1470 N0 1 9'], conditions: ['C0302'] },
  DTM: {
    elements: ['374 ID 3 3 M', '373 DT 8 8 C', '337 TM 4 8 C', '623 ID 2 2', '1250 ID 2 3 C', '1251 AN 1 35 C'],
    conditions: ['R020305', 'C0403', 'P0506'],
  },
  MAN: {
    elements: ['88 ID 1 2 M', '87 AN 1 48 M', '87 AN 1 48', '88 ID 1 2 C', '87 AN 1 48 C', '87 AN 1 48 C'],
    conditions: ['P0405', 'C0605'],
  },
};

const MONEY: Readonly<Record<string, SegmentForm>> = {
  CUR: ['98 ID 2 3 M', '100 ID 3 3 M', '280 R 4 10', '98 ID 2 3', '100 ID 3 3', '669 ID 3 3'],
  SAC: {
    elements: [
      ...['248 ID 1 1 M', '1300 ID 4 4 C', '559 ID 2 2 C', '1301 AN 1 10 C', '610 N2 1 15', '378 ID 1 1 C'],
      ...['332 R 1 6 C', '118 R 1 9', '355 ID 2 2 C', '380 R 1 15 C', '380 R 1 15 C', '331 ID 2 2'],
      ...['127 AN 1 30 C', '770 AN 1 20', '352 AN 1 80 C', '819 ID 2 3'],
    ],
    conditions: ['R0203', 'P0304', 'P0607', 'P0910', 'C1110', 'L130204', 'C1413', 'C1615'],
  },
  TXI: {
    elements: [
      ...['963 ID 2 2 M', '782 R 1 18 C', '954 R 1 10 C', '955 ID 2 2 C', '956 AN 1 10 C', '441 ID 1 1 C'],
      ...['662 ID 1 1', '828 R 1 9', '325 AN 1 20', '350 AN 1 20'],
    ],
    conditions: ['R020306', 'P0405'],
  },
  TAX: ['325 AN 1 20 C', '309 ID 1 2 C', '310 AN 1 30 C'],
  AMT: ['522 ID 1 3 M', '782 R 1 18 M', '478 ID 1 1'],
  ITD: [
    ...['336 ID 2 2', '333 ID 1 2', '338 R 1 6', '370 DT 8 8 C', '351 N0 1 3 C', '446 DT 8 8'],
    ...['386 N0 1 3', '362 N2 1 10', '388 DT 8 8', '389 N2 1 10 C', '342 R 1 5 C', '352 AN 1 80'],
  ],
  CTP: [
    ...['687 ID 2 2', '236 ID 3 3 C', '212 R 1 17 C', '380 R 1 15 C', UNIT, '648 ID 3 3 C'],
    ...['649 R 1 10 C', '782 R 1 18', '639 ID 2 2', '499 AN 1 10', '289 N0 1 2'],
  ],
};

const GOODS: Readonly<Record<string, SegmentForm>> = {
  PO1: {
    elements: [...['350 AN 1 20', '330 R 1 15 C', '355 ID 2 2', '212 R 1 17 C', '639 ID 2 2'], ...productPairs(10)],
    conditions: ['C0302', 'C0504', ...pairedFrom(6, 10)],
  },
  LIN: {
    elements: ['350 AN 1 20', '235 ID 2 2 M', '234 AN 1 48 M', ...productPairs(14)],
    conditions: pairedFrom(4, 14),
  },
  PID: {
    elements: [
      ...['349 ID 1 1 M', '750 ID 2 3', '559 ID 2 2 C', '751 AN 1 12 C', '352 AN 1 80 C', '752 ID 2 2'],
      ...['822 AN 1 15 C', '1073 ID 1 1 C', '819 ID 2 3'],
    ],
    conditions: ['C0403', 'R0405', 'C0703', 'C0804', 'C0905'],
  },
  SLN: {
    elements: [
      ...['350 AN 1 20 M', '350 AN 1 20', '662 ID 1 1 M', '380 R 1 15 C', UNIT, '212 R 1 17 C'],
      ...['639 ID 2 2', '662 ID 1 1', ...productPairs(10)],
    ],
    conditions: ['P0405', 'C0706', 'C0806', ...pairedFrom(9, 10)],
  },
  PO4: ['356 N0 1 6', '357 R 1 8', '355 ID 2 2', '103 AN 3 5', '187 ID 1 2', '384 R 1 9', '355 ID 2 2'],
  QTY: {
    elements: ['673 ID 2 2 M', '380 R 1 15 C', UNIT, '61 AN 1 30 C'],
    conditions: ['R0204', 'E0204'],
  },
  CTT: {
    elements: [
      ...['354 N0 1 6 M', '347 R 1 10', '81 R 1 10 C', '355 ID 2 2 C', '183 R 1 8 C', '355 ID 2 2 C', '352 AN 1 80'],
    ],
    conditions: ['P0304', 'P0506'],
  },
};

const TRANSPORT: Readonly<Record<string, SegmentForm>> = {
  FOB: {
    elements: [
      ...['146 ID 2 2 M', '309 ID 1 2 C', '352 AN 1 80', '334 ID 2 2', '335 ID 3 3 C', '309 ID 1 2 C'],
      ...['352 AN 1 80', '54 ID 2 2 C', '352 AN 1 80'],
    ],
    conditions: ['C0302', 'C0405', 'C0706', 'C0908'],
  },
  TD1: [
    '103 AN 3 5',
    '80 N0 1 7 C',
    '23 ID 1 1 C',
    '22 AN 1 30',
    '79 AN 1 50',
    '187 ID 1 2',
    '81 R 1 10',
    '355 ID 2 2',
  ],
  TD5: [
    ...['133 ID 1 2 C', '66 ID 1 2 C', '67 AN 2 80 C', '91 ID 1 2 C', '387 AN 1 35 C', '368 ID 2 2 C'],
    ...['731 ID 1 1 C', '309 ID 1 2 C', '310 AN 1 30 C', '732 ID 2 2 C', '733 R 1 4 C', '284 ID 2 2 C'],
  ],
};

/** Segments that sets of 004010 share, and what 005010 changed in them. Conditions stand here where two guides agree on them. */
export const X12_SEGMENTS: SegmentLibrary = {
  standard: 'X12',
  release: '004010',
  segments: { ...PARTIES, ...REFERENCES, ...MONEY, ...GOODS, ...TRANSPORT },
  patches: {
    '005010': {
      'REF.02': '127 AN 1 50',
      'REF.04.2': '127 AN 1 50',
      'REF.04.4': '127 AN 1 50',
      'REF.04.6': '127 AN 1 50',
      'N9.02': '127 AN 1 50',
      'N9.07.2': '127 AN 1 50',
      'N9.07.4': '127 AN 1 50',
      'N9.07.6': '127 AN 1 50',
      'SAC.13': '127 AN 1 50',
      'PER.04': '364 AN 1 256',
      'PER.06': '364 AN 1 256',
      'PER.08': '364 AN 1 256',
    },
  },
};
