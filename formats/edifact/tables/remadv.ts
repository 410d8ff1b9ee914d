import type { BodyLine, SetTable } from '../../tables/form.ts';

const CURRENCIES: BodyLine = { loop: 'CUX', max: 5, body: ['CUX 1 1', 'DTM 0 1'] };
/** Why an amount is not what was due: AJT explains, its MOA is the difference. */
const ADJUSTMENTS = (max: number): BodyLine => ({
  loop: 'AJT',
  max,
  body: ['AJT 1 1', 'MOA 0 1', 'RFF 0 1', 'FTX 0 5'],
});

/** Codes of what the whole payment comes to. What was due and what was paid (9, 12) stand in documents as well: they route nothing. */
const SUMS = ['86', '139'];

const DOCUMENT: BodyLine = {
  loop: 'DOC',
  max: 9999,
  body: [
    ...['DOC 1 1', 'MOA 1 5', 'DTM 0 5', 'RFF 0 5', 'NAD 0 2'],
    CURRENCIES,
    ADJUSTMENTS(100),
    { loop: 'INP', max: 1, body: ['INP 1 1', 'FTX 0 5'] },
    { loop: 'DLI', max: 9999, body: ['DLI 1 1', 'MOA 0 5', 'PIA 0 5', 'DTM 0 5', CURRENCIES, ADJUSTMENTS(10)] },
  ],
};

/** Remittance advice message. */
export const EDIFACT_REMADV: SetTable = {
  standard: 'EDIFACT',
  set: 'REMADV',
  release: 'D.96A',
  closed: false,
  sources: ['UN/EDIFACT directory D.96A, message REMADV'],
  body: [
    ...['BGM 1 1', 'DTM 1 5', 'RFF 0 9', 'FII 0 5', 'PAI 0 1', 'FTX 0 5'],
    { loop: 'NAD', max: 99, body: ['NAD 1 1', { loop: 'CTA', max: 5, body: ['CTA 1 1', 'COM 0 5'] }] },
    CURRENCIES,
    // Some senders write the sum in the header too, where the directory has none: told there, it is not taken for that after UNS.
    { loop: 'MOA@header', max: 0, by: '01.1', own: SUMS, body: ['MOA 1 1'] },
    DOCUMENT,
    'UNS 1 1',
    { segment: 'MOA@summary 1 5', by: '01.1', own: SUMS },
  ],
};
