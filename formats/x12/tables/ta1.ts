import type { SetTable } from '../../tables/form.ts';

/** The answer to an interchange: one segment between ISA and GS, in no set. It is found by its tag. */
export const X12_TA1: SetTable = {
  standard: 'X12',
  set: 'TA1',
  release: '004010',
  closed: true,
  sources: [
    'Microsoft BizTalk Server: X12 TA1 acknowledgment',
    'Software AG: webMethods Module for EDI, interchange acknowledgments',
  ],
  body: ['TA1 1 1'],
  segments: {
    TA1: [
      ...['I12 N0 9 9 M', 'I08 DT 6 6 M', 'I09 TM 4 4 M'],
      { element: 'I17 ID 1 1 M', codes: { A: 'accepted', E: 'accepted with errors', R: 'rejected' } },
      'I18 ID 3 3 M',
    ],
  },
};
