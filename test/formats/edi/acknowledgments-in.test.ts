import assert from 'node:assert/strict';
import test from 'node:test';
import type { AckStatement } from '../../../formats/edi/acknowledgment.ts';
import type { SentSet } from '../../../formats/edi/match-statement.ts';
import { readEdi } from '../../../formats/edi/read-edi.ts';
import { settleAcknowledgment } from '../../../formats/edi/settle-acknowledgment.ts';
import { ContrlReader } from '../../../formats/edifact/read-acknowledgment.ts';
import { X12AcknowledgmentReader } from '../../../formats/x12/read-acknowledgment.ts';
import { isa } from './samples.ts';

/** What an acknowledgment says, whichever standard it is in. */
async function statements(file: string): Promise<AckStatement[]> {
  const [x12, contrl] = [new X12AcknowledgmentReader(), new ContrlReader()];
  const found: AckStatement[] = [];
  await readEdi([Buffer.from(file)], {}, (event) => found.push(...x12.take(event), ...contrl.take(event)));
  return found;
}

function fa(lines: readonly string[]): string {
  const set = [`ST*997*0001`, ...lines, `SE*${lines.length + 2}*0001`];
  return `${isa()}${['GS*FA*R*S*20260101*1200*9*X*004010', ...set, 'GE*1*9', 'IEA*1*000000905'].join('~')}~`;
}

function contrl(lines: readonly string[]): string {
  return `UNB+UNOC:3+R:14+S:14+260101:1200+C1'UNH+1+CONTRL:D:3:UN'${lines.join("'")}'UNT+${lines.length + 2}+1'UNZ+1+C1'`;
}

const X12_SETS: readonly SentSet[] = ['0001', '0002', '0003'].map((set) => {
  return { interchange: '000000042', group: '7', functionalId: 'IN', set, type: '810', outcome: undefined };
});
const EDIFACT_SETS: readonly SentSet[] = ['1', '2'].map((set) => {
  return { interchange: 'REF42', group: null, functionalId: null, set, type: 'INVOIC', outcome: undefined };
});

async function settled(file: string, sent: readonly SentSet[]): Promise<{ outcomes: unknown[]; warnings: string[] }> {
  const settlement = settleAcknowledgment(await statements(file), sent);
  const outcomes = sent.map((_, index) => settlement.settled.find((one) => one.sent === index)?.outcome);
  return { outcomes, warnings: settlement.warnings.map(({ kind }) => kind) };
}

const A = 'accepted';
const R = 'rejected';

/** What came, and what it means for three invoices that we sent in group 7 of interchange 42. */
const X12: readonly (readonly [name: string, file: string, outcomes: unknown[], warnings: string[]])[] = [
  ['no AK2: AK9 speaks for all', fa(['AK1*IN*7', 'AK9*A*3*3*3']), [A, A, A], []],
  ['AK9 = R without AK2', fa(['AK1*IN*7', 'AK9*R*3*3*0*5']), [R, R, R], []],
  ['AK9 = P without AK2 leaves each unknown', fa(['AK1*IN*7', 'AK9*P*3*3*2']), ['unknown', 'unknown', 'unknown'], []],
  ['AK9 = P with the rejected one listed', fa(['AK1*IN*7', 'AK2*810*0002', 'AK5*R*4', 'AK9*P*3*3*2']), [A, R, A], []],
  [
    'AK9 = P with an accepted one listed',
    fa(['AK1*IN*7', 'AK2*810*0002', 'AK5*A', 'AK9*P*3*3*2']),
    ['unknown', A, 'unknown'],
    [],
  ],
  [
    'AK9 = P that rejects more than are listed: nobody knows which',
    fa(['AK1*IN*7', 'AK2*810*0002', 'AK5*R*4', 'AK9*P*3*3*1']),
    ['unknown', R, 'unknown'],
    [],
  ],
  ['AK9 = P without counts', fa(['AK1*IN*7', 'AK2*810*0002', 'AK5*R*4', 'AK9*P']), ['unknown', R, 'unknown'], []],
  ['AK9 = A of fewer sets than were sent', fa(['AK1*IN*7', 'AK9*A*2*2*2']), ['unknown', 'unknown', 'unknown'], []],
  [
    'AK9 = A of fewer sets than were sent, those listed',
    fa(['AK1*IN*7', 'AK2*810*0001', 'AK5*A', 'AK2*810*0002', 'AK5*A', 'AK9*A*2*2*2']),
    [A, A, 'unknown'],
    [],
  ],
  [
    'a 999 with an implementation error',
    fa([
      'AK1*IN*7*005010',
      'AK2*810*0003*005010X231',
      'IK3*REF*5**8',
      'IK4*2*127*I6',
      'IK5*R*I5',
      'AK9*P*3*3*2',
    ]).replaceAll('997', '999'),
    [A, A, R],
    [],
  ],
  [
    'an acknowledgment that was cut off settles nothing',
    fa(['AK1*IN*7', 'AK2*810*0001', 'AK5*A', 'AK9*A*3*3*3']).replace(/AK9.*$/, ''),
    [undefined, undefined, undefined],
    ['damaged'],
  ],
  [
    'nor does one that is miscounted',
    fa(['AK1*IN*7', 'AK9*A*3*3*3']).replace('SE*4', 'SE*6'),
    [undefined, undefined, undefined],
    ['damaged'],
  ],
  [
    'a rejected group goes before accepted sets',
    fa(['AK1*IN*7', 'AK2*810*0001', 'AK5*A', 'AK9*R*3*3*0*3']),
    [R, R, R],
    [],
  ],
  [
    'stripped zeros',
    fa(['AK1*IN*007', 'AK2*810*1', 'AK5*E*5', 'AK9*E*3*3*3']),
    ['accepted-with-errors', 'accepted-with-errors', 'accepted-with-errors'],
    ['other-zeros', 'other-zeros'],
  ],
  ['a group that is not ours', fa(['AK1*IN*8', 'AK9*A*1*1*1']), [undefined, undefined, undefined], ['unknown-number']],
  ['a group of another kind', fa(['AK1*PO*7', 'AK9*A*1*1*1']), [undefined, undefined, undefined], ['unknown-number']],
  ['a code that is none rejects', fa(['AK1*IN*7', 'AK9*Q*3*3*3']), [R, R, R], []],
  ['TA1 R', `${isa()}TA1*000000042*260101*1200*R*001~IEA*0*000000905~`, [R, R, R], []],
  [
    'TA1 A says that it came',
    `${isa()}TA1*000000042*260101*1200*A*000~IEA*0*000000905~`,
    ['received', 'received', 'received'],
    [],
  ],
];

for (const [name, file, outcomes, warnings] of X12) {
  test(`X12: ${name}`, async () => assert.deepEqual(await settled(file, X12_SETS), { outcomes, warnings }));
}

const EDIFACT: readonly (readonly [name: string, lines: string[], outcomes: unknown[], warnings: string[]])[] = [
  ['UCI 7 without UCM accepts all', ['UCI+REF42+S:14+R:14+7'], [A, A], []],
  ['UCI 4 rejects all', ['UCI+REF42+S:14+R:14+4+29+UNZ'], [R, R], []],
  ['UCI 8 says that it came', ['UCI+REF42+S:14+R:14+8'], ['received', 'received'], []],
  ['UCI 7 with one message rejected', ['UCI+REF42+S:14+R:14+7', 'UCM+2+INVOIC:D:96A:UN+4', 'UCS+5+13'], [A, R], []],
  ['a reference that is not ours', ['UCI+REF43+S:14+R:14+7'], [undefined, undefined], ['unknown-number']],
];

for (const [name, lines, outcomes, warnings] of EDIFACT) {
  test(`EDIFACT: ${name}`, async () =>
    assert.deepEqual(await settled(contrl(lines), EDIFACT_SETS), { outcomes, warnings }));
}

test('a receipt may be followed by a verdict; a verdict that changes is a contradiction and does not count', async () => {
  const received = EDIFACT_SETS.map((one) => ({ ...one, outcome: 'received' as const }));
  assert.deepEqual(await settled(contrl(['UCI+REF42+S:14+R:14+4']), received), { outcomes: [R, R], warnings: [] });
  const accepted = EDIFACT_SETS.map((one) => ({ ...one, outcome: 'accepted' as const }));
  const nothing = [undefined, undefined];
  assert.deepEqual(await settled(contrl(['UCI+REF42+S:14+R:14+4']), accepted), {
    outcomes: nothing,
    warnings: ['contradiction', 'contradiction'],
  });
  assert.deepEqual(await settled(contrl(['UCI+REF42+S:14+R:14+7']), accepted), { outcomes: nothing, warnings: [] });
  assert.deepEqual(await settled(contrl(['UCI+REF42+S:14+R:14+8']), accepted), { outcomes: nothing, warnings: [] });
});

test('a receipt that comes late takes nothing back, and an open question may be answered', async () => {
  const ta1 = `${isa()}TA1*000000042*260101*1200*A*000~IEA*0*000000905~`;
  const unknown = X12_SETS.map((one) => ({ ...one, outcome: 'unknown' as const }));
  const nothing = { outcomes: [undefined, undefined, undefined], warnings: [] };
  assert.deepEqual(await settled(ta1, unknown), nothing);
  assert.deepEqual((await settled(fa(['AK1*IN*7', 'AK9*A*3*3*3']), unknown)).outcomes, [A, A, A]);
  const rejected = X12_SETS.map((one) => ({ ...one, outcome: 'rejected' as const }));
  assert.deepEqual((await settled(fa(['AK1*IN*7', 'AK9*A*3*3*3']), rejected)).warnings, Array(3).fill('contradiction'));
});

test('errors come with their place', async () => {
  const [set] = await statements(
    fa(['AK1*IN*7', 'AK2*810*0002', 'AK3*REF*12**8', 'AK4*2>1**5*x', 'AK3*N1*14**3', 'AK5*R*5', 'AK9*R*1*1*0']),
  );
  const whole = { segment: 0, tag: '', element: 0, component: 0 };
  assert.deepEqual(set?.errors, [
    { code: '5', ...whole },
    { code: '5', segment: 12, tag: 'REF', element: 2, component: 1 },
    { code: '3', segment: 14, tag: 'N1', element: 0, component: 0 },
  ]);
  const [, message] = await statements(
    contrl(['UCI+REF42+S:14+R:14+7', 'UCM+2+INVOIC:D:96A:UN+4', 'UCS+5', 'UCD+39+3:2']),
  );
  assert.deepEqual(message?.errors, [{ code: '39', segment: 5, tag: '', element: 2, component: 2 }]);
});
