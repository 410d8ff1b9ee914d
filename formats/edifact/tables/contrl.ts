import type { BodyLine, ElementForm, Patch, SetTable } from '../../tables/form.ts';

const ERRORS: BodyLine = { loop: 'UCS', max: 999, body: ['UCS 1 1', 'UCD 0 99'] };
const MESSAGES: BodyLine = { loop: 'UCM', max: 999_999, body: ['UCM 1 1', ERRORS] };

const ACTION: ElementForm = {
  element: '0083 an 1 3 M',
  codes: { '4': 'rejected', '7': 'accepted', '8': 'interchange received' },
};
const PLACE: ElementForm = { element: 'S011 C', components: ['0098 n 1 3 M', '0104 n 1 3 C'] };
/** What is said of an interchange, a group or a message: accepted or not, why, and where in its service segment. */
const VERDICT: readonly ElementForm[] = [ACTION, '0085 an 1 3 C', '0013 an 1 3 C', PLACE];
const party = (element: string, id: string, routing: string): ElementForm => ({
  element,
  components: [`${id} an 1 35 M`, '0007 an 1 4 C', `${routing} an 1 14 C`],
});
const VERSION: readonly ElementForm[] = ['0052 an 1 3 M', '0054 an 1 3 M'];

const PLACE_4: ElementForm = { element: 'S011 C', components: ['0098 n 1 3 M', '0104 n 1 3 C', '0136 n 1 6 C'] };
const partyOf4 = (element: string, [id, routing, inner]: readonly [string, string, string]): ElementForm => ({
  element,
  components: [`${id} an 1 35 M`, '0007 an 1 4 C', `${routing} an 1 35 C`, `${inner} an 1 35 C`],
});

/** Syntax 4: occurrences of repeated elements, internal addresses, packages, and what secured a message. */
const SYNTAX_4: Patch = {
  'UCI.02': partyOf4('S002 M', ['0004', '0008', '0042']),
  'UCI.03': partyOf4('S003 M', ['0010', '0014', '0046']),
  'UCI.06': '0135 an 1 3',
  'UCI.07': PLACE_4,
  'UCI.08': '0534 an 1 14 C',
  'UCI.09': '0138 n 1 6 C',
  'UCF.05': '0135 an 1 3',
  'UCF.06': '0135 an 1 3',
  'UCF.07': PLACE_4,
  'UCM.01': '0062 an 1 14 C',
  'UCM.02': {
    element: 'S009 C',
    components: ['0065 an 1 6 M', ...VERSION, '0051 an 1 3 M', '0057 an 1 6 C', '0110 an 1 6 C', '0113 an 1 6 C'],
  },
  'UCM.05': '0135 an 1 3',
  'UCM.06': PLACE_4,
  'UCM.07': '0800 an 1 35 C',
  'UCM.08': { element: 'S020 C', components: ['0813 an 1 3 M', '0802 an 1 35 M'] },
  'UCM.09': '0534 an 1 14 C',
  'UCM.10': '0138 n 1 6 C',
  'UCS.03': '0534 an 1 14 C',
  'UCS.04': '0138 n 1 6 C',
  'UCD.02': PLACE_4,
};

/** Syntax and service report message. Its version is that of the syntax it answers: `D:3` for syntax 3, `4:1` for syntax 4. */
export const EDIFACT_CONTRL: SetTable = {
  standard: 'EDIFACT',
  set: 'CONTRL',
  release: 'D.3',
  closed: false,
  sources: ['UN/EDIFACT service message directory, CONTRL for syntax 3', 'ISO 9735-4, CONTRL for syntax 4'],
  body: ['UCI 1 1', MESSAGES, { loop: 'UCF', max: 999_999, body: ['UCF 1 1', MESSAGES] }],
  segments: {
    UCI: ['0020 an 1 14 M', party('S002 M', '0004', '0008'), party('S003 M', '0010', '0014'), ...VERDICT],
    UCF: [
      '0048 an 1 14 M',
      { element: 'S006 C', components: ['0040 an 1 35 M', '0007 an 1 4 C'] },
      { element: 'S007 C', components: ['0044 an 1 35 M', '0007 an 1 4 C'] },
      ...VERDICT,
    ],
    UCM: [
      '0062 an 1 14 M',
      { element: 'S009 M', components: ['0065 an 1 6 M', ...VERSION, '0051 an 1 3 M', '0057 an 1 6 C'] },
      ...VERDICT,
    ],
    UCS: ['0096 n 1 6 M', '0085 an 1 3 C'],
    UCD: ['0085 an 1 3 M', { element: 'S011 M', components: ['0098 n 1 3 M', '0104 n 1 3 C'] }],
  },
  patches: { '4.1': SYNTAX_4 },
};
