import assert from 'node:assert/strict';
import test from 'node:test';
import { readEdi } from '../../../../formats/edi/read-edi.ts';
import { EdifactAcknowledger } from '../../../../formats/edifact/acknowledge-edifact.ts';
import { ORDERS } from '../../edi/samples.ts';
import { changed, findingsIn, notesIn } from '../../tables/findings.ts';
import { message, outline } from '../../tables/outline.ts';

/** Syntax 3: one message taken, one refused for an element, one for what is missing. */
const MESSAGES = [
  ...['UCI+REF1+5790000000001:14+5790000000002:14+7', 'UCM+1+ORDERS:D:96A:UN:EAN008+7'],
  ...[
    'UCM+2+INVOIC:D:96A:UN:EAN008+4',
    'UCS+5',
    'UCD+39+2:1',
    'UCD+12+1',
    'UCS+7+13',
    'UCM+3+INVOIC:D:96A:UN+4+29+UNT+2',
  ],
];
/** Groups, each with its messages. */
const GROUPS = [
  ...[
    'UCI+REF1+S+R:ZZZ:ROUTE+7',
    'UCF+G1+S1:14+R1+4+29+UNE',
    'UCF+G2+++7',
    'UCM+1+ORDERS:D:96A:UN+7',
    'UCF+G3+S3+R3+7',
  ],
  ...['UCM+1+ORDERS:D:96A:UN+4', 'UCS+2', 'UCD+13+3'],
];
/** Syntax 4: addresses inside a company, the occurrence of a repeated element, a package. */
const SYNTAX_4 = [
  ...[
    'UCI+REF1+S:14:ROUTING-LONGER-THAN-14:INNER+R:14+7',
    'UCM+1+ORDERS:D:01B:UN:EAN010:1:2+4',
    'UCS+3',
    'UCD+35+2:1:3',
  ],
  'UCM+++4+18+++PACKAGE1+ABC:1',
];

test('reports of both syntaxes are found sound', async () => {
  for (const [lines, release] of [
    [MESSAGES, 'D:3:UN'],
    [GROUPS, 'D:3:UN'],
    [SYNTAX_4, '4:1:UN'],
    [['UCI+REF1+S+R+8'], '4:1:UN'],
    [['UCI+REF1+S+R+4+29+UNZ+1'], 'D:3:UN'],
  ] as const) {
    assert.deepEqual(await findingsIn(message('CONTRL', lines, release)), []);
    assert.deepEqual(await notesIn(message('CONTRL', lines, release)), []);
  }
});

test('a version that is neither is read by that of syntax 3, and noted', async () => {
  assert.deepEqual(await findingsIn(message('CONTRL', MESSAGES, '2:2:UN:EAN002')), []);
  assert.deepEqual(await notesIn(message('CONTRL', MESSAGES, '2:2:UN:EAN002')), ['release-without-table UNH 0']);
});

test('what we answer is found sound', async () => {
  const policy = { answer: 'full', listsEveryMessage: true, errorsPerMessage: 9, timeZone: 'UTC' } as const;
  for (const file of [
    ORDERS,
    ORDERS.replace('BGM+220', 'BGM+2\t0').replace('UNT+4', 'UNT+9'),
    ORDERS.replace('UNOC:3', 'UNOC:4'),
  ]) {
    const acknowledger = new EdifactAcknowledger(policy, {
      at: new Date('2026-06-30T22:15:30Z'),
      nextInterchange: () => 'C1',
    });
    const answers: Buffer[] = [];
    await readEdi([Buffer.from(file, 'latin1')], {}, (event) => {
      const bytes = acknowledger.take(event);
      if (bytes !== undefined) answers.push(bytes);
    });
    assert.ok(answers.length > 0);
    assert.deepEqual(await findingsIn(Buffer.concat(answers).toString('latin1')), []);
  }
});

test('messages stand alone, or in their group', async () => {
  assert.deepEqual(await outline(message('CONTRL', MESSAGES, 'D:3:UN')), [
    ...[
      'UCI+REF1',
      'UCM1/UCM+1',
      'UCM2/UCM+2',
      'UCM2/UCS1/UCS+5',
      'UCM2/UCS1/UCD+39',
      'UCM2/UCS1/UCD+12',
      'UCM2/UCS2/UCS+7',
      'UCM3/UCM+3',
    ],
  ]);
  assert.deepEqual(await outline(message('CONTRL', GROUPS, 'D:3:UN')), [
    ...[
      'UCI+REF1',
      'UCF1/UCF+G1',
      'UCF2/UCF+G2',
      'UCF2/UCM1/UCM+1',
      'UCF3/UCF+G3',
      'UCF3/UCM1/UCM+1',
      'UCF3/UCM1/UCS1/UCS+2',
      'UCF3/UCM1/UCS1/UCD+13',
    ],
  ]);
});

for (const [fault, lines, expected] of [
  ['no UCI', MESSAGES.slice(1), ['segment-missing UCI 2']],
  [
    'no action',
    changed(MESSAGES, 'UCM+1+ORDERS:D:96A:UN:EAN008+7', 'UCM+1+ORDERS:D:96A:UN'),
    ['element-missing UCM03 3'],
  ],
  ['a segment error outside a message', ['UCI+REF1+S+R+7', 'UCS+5'], ['segment-unexpected UCS 3']],
  [
    'an element error outside a segment',
    changed(MESSAGES, 'UCS+5'),
    ['segment-unexpected UCD 5', 'segment-unexpected UCD 6'],
  ],
  ['a position in letters', changed(MESSAGES, 'UCS+5', 'UCS+V'), ['element-type UCS01 5']],
  ['a reference too long', changed(GROUPS, 'UCF+G2+++7', 'UCF+123456789012345+++7'), ['element-too-long UCF01 4']],
] as const) {
  test(`a report with a fault: ${fault}`, async () => {
    assert.deepEqual(await findingsIn(message('CONTRL', lines, 'D:3:UN')), expected);
  });
}
