import assert from 'node:assert/strict';
import test from 'node:test';
import { BUILT_IN_TABLES } from '../../../formats/tables/built-in.ts';
import { TableShelf } from '../../../formats/tables/shelf.ts';
import { checkerOf } from '../../../formats/tables/table-checker.ts';
import { set850, tell, x12 } from '../edi/samples.ts';
import { message } from './outline.ts';

const SETTINGS = { checker: checkerOf(new TableShelf(BUILT_IN_TABLES)) };

/** What is wrong with the tree of a 856: `code element segment`. */
async function inNotice(levels: readonly string[]): Promise<string[]> {
  const lines = ['BSN*00*S1*20260101*1200', ...levels.map((level) => `HL*${level}`)];
  const file = x12([set850('0001', lines).replace('ST*850', 'ST*856')]).replace('GS*PO', 'GS*SH');
  return found(file);
}

async function found(file: string): Promise<string[]> {
  const { sets } = await tell(file, SETTINGS);
  const findings = sets.flatMap((set) => set.findings).filter(({ severity }) => severity !== 'note');
  return findings.map(({ code, tag, element, segment }) => `${code} ${tag}${element} ${segment}`);
}

for (const [structure, levels] of Object.entries({
  'S-O-I': ['1**S', '2*1*O', '3*2*I', '4*2*I'],
  'S-O-P-I': ['1**S', '2*1*O', '3*2*P', '4*3*I'],
  'S-O-T-P-I': ['1**S', '2*1*O', '3*2*T', '4*3*P', '5*4*I'],
  'S-O-I-P': ['1**S', '2*1*O', '3*2*I', '4*3*P'],
  'S-P-O-I': ['1**S', '2*1*P', '3*2*O', '4*3*I'],
  'numbers not from 1, and parents after their children': ['12*11*I', '11*7*O*1', '7**S*1'],
})) {
  test(`a ship notice of levels ${structure} is a tree`, async () => {
    assert.deepEqual(await inNotice(levels), []);
  });
}

for (const [what, levels, expected] of [
  ['a repeated number', ['1**S', '2*1*O', '2*1*O'], ['loop-repeated HL1 5']],
  ['a parent that is not there', ['1**S', '2*9*O', '3*2*I'], ['loop-parent-missing HL2 4']],
  ['a level within itself', ['1**S', '2*2*O'], ['loop-in-itself HL2 4']],
  [
    'a circle, and a level below it',
    ['1**S', '2*3*O', '3*2*I', '4*3*I'],
    ['loop-in-itself HL2 4', 'loop-in-itself HL2 5'],
  ],
] as const) {
  test(`a ship notice with ${what} is rejected, told where it stands`, async () => {
    assert.deepEqual(await inNotice(levels), expected);
  });
}

test('what is told at the end of a set points into the file', async () => {
  const lines = ['BSN*00*S1*20260101*1200', 'HL*1**S', 'HL*2*9*O'];
  const file = x12([set850('0001', lines).replace('ST*850', 'ST*856')]);
  const [finding] = (await tell(file, SETTINGS)).findings.filter(({ code }) => code === 'loop-parent-missing');
  assert.equal(file.slice(finding?.offset).slice(0, 8), 'HL*2*9*O');
});

test('each set has a tree of its own', async () => {
  const set = (control: string) => set850(control, ['BSN*00*S1*20260101*1200', 'HL*1**S']).replace('ST*850', 'ST*856');
  assert.deepEqual(await found(x12([set('0001'), set('0002')])), []);
});

test('the packages of a despatch advice are a tree too', async () => {
  const lines = (parent: string) => ['BGM+351+1+9', 'DTM+137:20260101:102', 'CPS+1', 'CPS+2+1', `CPS+3+${parent}`];
  assert.deepEqual(await found(message('DESADV', lines('2'))), []);
  assert.deepEqual(await found(message('DESADV', lines('7'))), ['loop-parent-missing CPS2 6']);
});

test('a chain of many levels below a circle is read in linear time', async () => {
  const chain = Array.from({ length: 60_000 }, (_, at) => `${at + 3}*${at + 2}*I`);
  const began = performance.now();
  const codes = await inNotice(['1*2*S', '2*1*O', ...chain]);
  assert.deepEqual(codes, ['loop-in-itself HL2 3', 'loop-in-itself HL2 4']);
  assert.ok(performance.now() - began < 10_000);
});
