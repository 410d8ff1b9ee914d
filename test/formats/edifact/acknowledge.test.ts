import assert from 'node:assert/strict';
import test from 'node:test';
import type { GroupResult } from '../../../formats/edi/events.ts';
import type { Finding } from '../../../formats/edi/finding.ts';
import type { SetHeader } from '../../../formats/edi/header.ts';
import { readEdi } from '../../../formats/edi/read-edi.ts';
import type { EdiSettings } from '../../../formats/edi/settings.ts';
import { type ContrlPolicy, EdifactAcknowledger } from '../../../formats/edifact/acknowledge-edifact.ts';
import { MessageAnswers } from '../../../formats/edifact/message-answers.ts';
import { EDIFACT_DELIMITERS, edifactDialect } from '../../../formats/edifact/write-edifact.ts';
import { ORDERS, tell } from '../edi/samples.ts';

const POLICY: ContrlPolicy = {
  answer: 'full',
  listsEveryMessage: false,
  errorsPerMessage: 99,
  timeZone: 'Europe/Oslo',
};
const PROFILE = {
  delimiters: EDIFACT_DELIMITERS,
  characters: { repertoire: 'UNOC', missing: 'replace' },
} as const;
const NUMBERS = { at: new Date('2026-06-30T22:15:30Z'), nextInterchange: () => 'C1' };

/** The answers to a file, one segment a line. */
async function answer(file: string, policy: Partial<ContrlPolicy> = {}, settings: EdiSettings = {}): Promise<string[]> {
  const acknowledger = new EdifactAcknowledger({ ...POLICY, ...policy }, NUMBERS);
  const answers: Buffer[] = [];
  await readEdi([Buffer.from(file, 'latin1')], settings, (event) => {
    const bytes = acknowledger.take(event);
    if (bytes !== undefined) answers.push(bytes);
  });
  return Buffer.concat(answers).toString('latin1').split("'").slice(0, -1);
}

function said(segments: readonly string[]): string[] {
  return segments.filter((segment) => segment.startsWith('UC'));
}

const UCI = 'UCI+REF1+5790000000001:14+5790000000002:14';
const UCM = 'UCM+1+ORDERS:D:96A:UN:EAN008';

test('an interchange without fault is accepted: the whole of it, byte for byte', async () => {
  assert.deepEqual(await answer(ORDERS), [
    'UNB+UNOC:3+5790000000002:14+5790000000001:14+260701:0015+C1',
    'UNH+1+CONTRL:D:3:UN',
    `${UCI}+7`,
    'UNT+3+1',
    'UNZ+1+C1',
  ]);
  assert.deepEqual(said(await answer(ORDERS, { listsEveryMessage: true })), [`${UCI}+7`, `${UCM}+7`]);
});

/** Written by hand from the standard's rules. */
const GOLDENS: readonly (readonly [name: string, file: string, expected: readonly string[]])[] = [
  ['a wrong count in UNT', ORDERS.replace('UNT+4', 'UNT+9'), [`${UCI}+7`, `${UCM}+4+29+UNT`]],
  ['another reference in UNT', ORDERS.replace('UNT+4+1', 'UNT+4+X'), [`${UCI}+7`, `${UCM}+4+28+UNT`]],
  ['a missing UNT', ORDERS.replace("UNT+4+1'", ''), [`${UCI}+7`, `${UCM}+4+13+UNT`]],
  ['another reference in UNZ', ORDERS.replace('UNZ+1+REF1', 'UNZ+1+REF2'), [`${UCI}+4+28+UNZ`]],
  ['a wrong count in UNZ', ORDERS.replace('UNZ+1', 'UNZ+5'), [`${UCI}+4+29+UNZ`]],
  ['a missing UNZ', ORDERS.replace(/UNZ.*/, ''), [`${UCI}+4+13+UNZ`]],
  [
    'a control character in a rejected message',
    ORDERS.replace('BGM+220', 'BGM+2\t0').replace('UNT+4', 'UNT+9'),
    [`${UCI}+7`, `${UCM}+4+29+UNT`, 'UCS+2', 'UCD+21+2'],
  ],
];

const TWO = ORDERS.replace('UNZ+1', "UNH+2+ORDERS:D:96A:UN'BGM+220+PO2+9'UNT+3+2'UNZ+2");
const UNNAMEABLE: readonly (readonly [name: string, file: string])[] = [
  ['no reference', TWO.replace('UNH+2+', 'UNH++').replace('UNT+3+2', 'UNT+3')],
  ['no type', TWO.replace('UNH+2+ORDERS:D:96A:UN', 'UNH+2')],
  ['neither', TWO.replace(/UNH\+2[^']*/, 'UNH').replace('UNT+3+2', 'UNT+3')],
];

for (const [name, file] of UNNAMEABLE) {
  test(`a message that cannot be named rejects what holds it, since UCI 7 would accept it: ${name}`, async () => {
    assert.deepEqual(said(await answer(file)), [`${UCI}+4+13+UNH`]);
    const grouped = file
      .replace('UNH+1', "UNG+ORDERS+A+B+260101:1200+7+UN+D:96A'UNH+1")
      .replace('UNZ+2', "UNE+2+7'UNZ+1");
    assert.deepEqual(said(await answer(grouped)), [`${UCI}+7`, 'UCF+7+A+B+4+13+UNH']);
  });
}

test('references are given back as they came, letters that the announced set does not have included', async () => {
  const told = async (file: string) => (await answer(file)).filter((segment) => /^UNB|^UC/.test(segment));
  const lower = ORDERS.replace('UNOC', 'UNOA')
    .replaceAll('REF1', 'ref#1')
    .replace(/UN([HT])\+(4\+)?1/g, 'UN$1+$2m_1');
  assert.deepEqual(await told(lower.replace('UNT+4', 'UNT+5')), [
    'UNB+UNOA:3+5790000000002:14+5790000000001:14+260701:0015+C1',
    'UCI+ref#1+5790000000001:14+5790000000002:14+7',
    'UCM+m_1+ORDERS:D:96A:UN:EAN008+4+29+UNT',
  ]);
  const cyrillic = ORDERS.replace('UNOC', 'UNOE').replaceAll('REF1', '\xbf\xde');
  assert.deepEqual((await told(cyrillic))[1], 'UCI+\xbf\xde+5790000000001:14+5790000000002:14+7');
});

test('more faulty messages than are kept reject the interchange', async () => {
  const faulty = TWO.replace('UNT+4', 'UNT+9').replace('UNT+3', 'UNT+9');
  assert.deepEqual(said(await answer(faulty, {}, { limits: { faultySetsPerGroup: 1 } })), [`${UCI}+4+18+UNT`]);
});

test('all elements at fault in one segment stand under one UCS', async () => {
  const file = ORDERS.replace('BGM+220+PO?+1+9', 'BGM+2\t0+P\t1+9').replace('UNT+4', 'UNT+9');
  assert.deepEqual(said(await answer(file)).slice(1), [`${UCM}+4+29+UNT`, 'UCS+2', 'UCD+21+2', 'UCD+21+3']);
});

test('a missing segment is reported at the last position before it, where X12 says where it was due', () => {
  const finding = {
    severity: 'reject',
    ackCode: '13',
    element: 0,
    component: 0,
    repetition: 0,
    tag: 'BGM',
    segment: 2,
  } as Finding;
  const header = { type: 'ORDERS', control: '1', elements: [['1'], ['ORDERS', 'D']] } as unknown as SetHeader;
  const faults = [
    { ...finding, code: 'segment-missing' as const },
    { ...finding, code: 'element-too-long' as const, ackCode: '39', element: 3, component: 2, repetition: 1 },
    { ...finding, code: 'element-too-long' as const, ackCode: '39', element: 3, component: 0, repetition: 2 },
  ];
  const answers = new MessageAnswers({ listsEveryMessage: false, errorsPerMessage: 9 }, edifactDialect(PROFILE));
  answers.add({ header, segments: 5, verdict: 'R', findings: faults });
  const group = { findings: [] as readonly Finding[] } as GroupResult;
  assert.equal(answers.take(group).bytes.toString(), "UCM+1+ORDERS:D+4'UCS+1+13'UCS+2'UCD+39+4:2'UCD+39+4::2'");
});

test('an interchange without number or parties cannot be named in an answer, so there is none', async () => {
  assert.deepEqual(await answer(ORDERS.replaceAll('REF1', '')), []);
  assert.deepEqual(await answer(ORDERS.replace('5790000000001:14', '')), []);
});

for (const [name, file, expected] of GOLDENS) {
  test(`the CONTRL for ${name}`, async () => {
    const segments = await answer(file);
    assert.deepEqual(said(segments), expected);
    assert.deepEqual((await tell(`${segments.join("'")}'`)).codes, []);
  });
}

test('groups are answered through UCF', async () => {
  const file = ORDERS.replace('UNH+', "UNG+ORDERS+A:1+B:2+260101:1200+7+UN+D:96A'UNH+").replace('UNZ', "UNE+1+7'UNZ");
  assert.deepEqual(said(await answer(file)), [`${UCI}+7`, 'UCF+7+A:1+B:2+7']);
  assert.deepEqual(said(await answer(file.replace('UNE+1+7', 'UNE+2+7'))), [`${UCI}+7`, 'UCF+7+A:1+B:2+4+29+UNE']);
});

test('the profile chooses: none, a receipt, or an answer where one is asked for', async () => {
  assert.deepEqual(await answer(ORDERS, { answer: 'none' }), []);
  assert.deepEqual(await answer(ORDERS, { answer: 'on-request' }), []);
  const asking = ORDERS.replace("+REF1'", "+REF1++++1'");
  assert.deepEqual(said(await answer(asking, { answer: 'on-request' })), [`${UCI}+7`]);
  assert.deepEqual(said(await answer(ORDERS.replace('UNZ+1', 'UNZ+5'), { answer: 'receipt' })), [`${UCI}+8`]);
});

test('the version follows the syntax received, a test stays a test, and a CONTRL is never answered', async () => {
  const four = ORDERS.replace('UNOC:3', 'UNOC:4').replace("+REF1'", "+REF1++++++1'");
  const segments = await answer(four);
  assert.equal(segments[0], 'UNB+UNOC:4+5790000000002:14+5790000000001:14+20260701:0015+C1++++++1');
  assert.equal(segments[1], 'UNH+1+CONTRL:4:1:UN');
  assert.deepEqual(await answer(`${(await answer(ORDERS)).join("'")}'`), []);
});
