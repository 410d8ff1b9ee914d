import type { ElementForm, SegmentForm, SegmentLibrary } from '../../tables/form.ts';

const times = (count: number, form: ElementForm): ElementForm[] => Array.from({ length: count }, () => form);

const DATE: ElementForm = { element: 'C507 M', components: ['2005 an 1 3 M', '2380 an 1 35 C', '2379 an 1 3 C'] };
const PARTY_ID: ElementForm = {
  element: 'C082 C',
  components: ['3039 an 1 35 M', '1131 an 1 3 C', '3055 an 1 3 C'],
};
const ITEM_ID: ElementForm = {
  element: 'C212 C',
  components: ['7140 an 1 35 C', '7143 an 1 3 C', '1131 an 1 3 C', '3055 an 1 3 C'],
};
const coded = (element: string, number: string): ElementForm => ({
  element,
  components: [`${number} an 1 17 C`, '1131 an 1 3 C', '3055 an 1 3 C'],
});
const lines = (element: string, number: string, length: number, count: number): ElementForm => ({
  element,
  components: [`${number} an 1 ${length} M`, ...times(count - 1, `${number} an 1 ${length} C`)],
});

const HEADER: Readonly<Record<string, SegmentForm>> = {
  BGM: [
    {
      element: 'C002 C',
      components: ['1001 an 1 3 C', '1131 an 1 3 C', '3055 an 1 3 C', '1000 an 1 35 C'],
    },
    '1004 an 1 35 C',
    '1225 an 1 3 C',
    '4343 an 1 3 C',
  ],
  DTM: [DATE],
  FTX: [
    ...['4451 an 1 3 M', '4453 an 1 3 C'],
    { element: 'C107 C', components: ['4441 an 1 3 M', '1131 an 1 3 C', '3055 an 1 3 C'] },
    lines('C108 C', '4440', 70, 5),
    '3453 an 1 3 C',
  ],
  RFF: [
    {
      element: 'C506 M',
      components: ['1153 an 1 3 M', '1154 an 1 35 C', '1156 an 1 6 C', '4000 an 1 35 C'],
    },
  ],
  UNS: [{ element: '0081 a 1 1 M', codes: { D: 'details follow', S: 'sums follow' } }],
  CNT: [{ element: 'C270 M', components: ['6069 an 1 3 M', '6066 n 1 18 M', '6411 an 1 3 C'] }],
};

const PARTIES: Readonly<Record<string, SegmentForm>> = {
  NAD: [
    '3035 an 1 3 M',
    PARTY_ID,
    lines('C058 C', '3124', 35, 5),
    { element: 'C080 C', components: ['3036 an 1 35 M', ...times(4, '3036 an 1 35 C'), '3045 an 1 3 C'] },
    lines('C059 C', '3042', 35, 4),
    ...['3164 an 1 35 C', '3229 an 1 9 C', '3251 an 1 9 C', '3207 an 1 3 C'],
  ],
  CTA: ['3139 an 1 3 C', { element: 'C056 C', components: ['3413 an 1 17 C', '3412 an 1 35 C'] }],
  COM: [{ element: 'C076 M', components: ['3148 an 1 512 M', '3155 an 1 3 M'] }],
  LOC: [
    '3227 an 1 3 M',
    { element: 'C517 C', components: ['3225 an 1 25 C', '1131 an 1 3 C', '3055 an 1 3 C', '3224 an 1 70 C'] },
    { element: 'C519 C', components: ['3223 an 1 25 C', '1131 an 1 3 C', '3055 an 1 3 C', '3222 an 1 70 C'] },
    { element: 'C553 C', components: ['3233 an 1 25 C', '1131 an 1 3 C', '3055 an 1 3 C', '3232 an 1 70 C'] },
    '5479 an 1 3 C',
  ],
};

const MONEY: Readonly<Record<string, SegmentForm>> = {
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
  PCD: [
    {
      element: 'C501 M',
      components: ['5245 an 1 3 M', '5482 n 1 10 C', '5249 an 1 3 C', '1131 an 1 3 C', '3055 an 1 3 C'],
    },
  ],
  TAX: [
    '5283 an 1 3 M',
    { element: 'C241 C', components: ['5153 an 1 3 C', '1131 an 1 3 C', '3055 an 1 3 C', '5152 an 1 35 C'] },
    { element: 'C533 C', components: ['5289 an 1 6 M', '1131 an 1 3 C', '3055 an 1 3 C'] },
    '5286 an 1 15 C',
    {
      element: 'C243 C',
      components: [
        ...['5279 an 1 7 C', '1131 an 1 3 C', '3055 an 1 3 C', '5278 an 1 17 C'],
        ...['5273 an 1 12 C', '1131 an 1 3 C', '3055 an 1 3 C'],
      ],
    },
    ...['5305 an 1 3 C', '3446 an 1 20 C'],
  ],
  ALC: [
    '5463 an 1 3 M',
    { element: 'C552 C', components: ['1230 an 1 35 C', '5189 an 1 3 C'] },
    ...['4471 an 1 3 C', '1227 an 1 3 C'],
    {
      element: 'C214 C',
      components: ['7161 an 1 3 C', '1131 an 1 3 C', '3055 an 1 3 C', '7160 an 1 35 C', '7160 an 1 35 C'],
    },
  ],
  PAT: [
    '4279 an 1 3 M',
    {
      element: 'C110 C',
      components: ['4277 an 1 17 M', '1131 an 1 3 C', '3055 an 1 3 C', '4276 an 1 35 C', '4276 an 1 35 C'],
    },
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

const GOODS: Readonly<Record<string, SegmentForm>> = {
  LIN: [
    ...['1082 n 1 6 C', '1229 an 1 3 C'],
    ITEM_ID,
    { element: 'C829 C', components: ['5495 an 1 3 C', '1082 n 1 6 C'] },
    ...['1222 n 1 2 C', '7083 an 1 3 C'],
  ],
  PIA: ['4347 an 1 3 M', ITEM_ID, ...times(4, ITEM_ID)],
  IMD: [
    ...['7077 an 1 3 C', '7081 an 1 3 C'],
    {
      element: 'C273 C',
      components: [
        ...['7009 an 1 17 C', '1131 an 1 3 C', '3055 an 1 3 C', '7008 an 1 35 C', '7008 an 1 35 C', '3453 an 1 3 C'],
      ],
    },
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
  PAC: [
    '7224 n 1 8 C',
    { element: 'C531 C', components: ['7075 an 1 3 C', '7233 an 1 3 C', '7073 an 1 3 C'] },
    coded('C202 C', '7065'),
  ],
  GIN: [
    '7405 an 1 3 M',
    { element: 'C208 M', components: ['7402 an 1 35 M', '7402 an 1 35 C'] },
    ...times(4, { element: 'C208 C', components: ['7402 an 1 35 M', '7402 an 1 35 C'] }),
  ],
};

/** Segments that messages of D.96A share, and what D.01B changed in them. */
export const EDIFACT_SEGMENTS: SegmentLibrary = {
  standard: 'EDIFACT',
  release: 'D.96A',
  segments: { ...HEADER, ...PARTIES, ...MONEY, ...GOODS },
  patches: {
    'D.01B': {
      'RFF.01.2': '1154 an 1 70',
      'RFF.01.4': '1056 an 1 9',
      'NAD.08': '3251 an 1 17',
      'MOA.01.2': '5004 n 1 35',
      'QTY.01.2': '6060 an 1 35',
      'IMD.03.4': '7008 an 1 256',
      'IMD.03.5': '7008 an 1 256',
      'FTX.04.1': '4440 an 1 512',
      'FTX.04.2': '4440 an 1 512',
      'FTX.04.3': '4440 an 1 512',
      'FTX.04.4': '4440 an 1 512',
      'FTX.04.5': '4440 an 1 512',
    },
  },
};
