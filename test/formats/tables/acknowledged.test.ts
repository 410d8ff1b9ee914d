import assert from 'node:assert/strict';
import test from 'node:test';
import type { EdiEvent } from '../../../formats/edi/events.ts';
import { readEdi } from '../../../formats/edi/read-edi.ts';
import { EdifactAcknowledger } from '../../../formats/edifact/acknowledge-edifact.ts';
import { BUILT_IN_TABLES } from '../../../formats/tables/built-in.ts';
import { elementNumber } from '../../../formats/tables/element-number.ts';
import { TableShelf } from '../../../formats/tables/shelf.ts';
import { checkerOf } from '../../../formats/tables/table-checker.ts';
import { X12Acknowledger } from '../../../formats/x12/acknowledge-x12.ts';
import { set850, x12 } from '../edi/samples.ts';
import { message } from './outline.ts';

const SHELF = new TableShelf(BUILT_IN_TABLES);
const NUMBERS = { at: new Date('2026-06-30T22:15:30Z'), nextGroup: () => 1 };

async function answered(file: string, take: (event: EdiEvent) => Buffer | undefined): Promise<string> {
  const answers: Buffer[] = [];
  await readEdi([Buffer.from(file, 'latin1')], { checker: checkerOf(SHELF) }, (event) => {
    const bytes = take(event);
    if (bytes !== undefined) answers.push(bytes);
  });
  return Buffer.concat(answers).toString('latin1');
}

function x12Answer(file: string): Promise<string> {
  const caps = { segmentsPerSet: 99, elementsPerSegment: 99 };
  const acknowledger = new X12Acknowledger(
    {
      ...{ form: '997', ta1: 'when-asked', listsEverySet: true, timeZone: 'UTC', ...caps },
      elementNumber: (set, fault) => elementNumber(SHELF, set, fault),
    },
    { ...NUMBERS, nextInterchange: () => 1 },
  );
  return answered(file, (event) => acknowledger.take(event));
}

function contrl(file: string): Promise<string> {
  const policy = { answer: 'full', listsEveryMessage: true, errorsPerMessage: 99, timeZone: 'UTC' } as const;
  const acknowledger = new EdifactAcknowledger(policy, { ...NUMBERS, nextInterchange: () => 'C1' });
  return answered(file, (event) => acknowledger.take(event));
}

const LINES = ['BEG*00*SA*PO1**20261301', 'REF*DP', 'N3*NOWHERE', 'PO1*1*5,0*EA*1.00', 'CTT*1', 'CUR*BY*NOK'];

test('a 997 says of each segment and element what the table found, notes left out', async () => {
  const file = x12([set850('0001', [...LINES.slice(0, 1), 'ZZZ*1', ...LINES.slice(1)])]);
  const said = (await x12Answer(file)).split('~').filter((segment) => /^(AK|IK)/.test(segment));
  assert.deepEqual(said, [
    'AK1*PO*1',
    'AK2*850*0001',
    'AK3*BEG*2**8',
    'AK4*5*373*8*20261301',
    'AK3*REF*4**8',
    'AK4*2*127*2',
    'AK3*N3*5**2',
    'AK3*PO1*6**8',
    'AK4*2*330*6*5,0',
    'AK3*CUR*8**7',
    'AK5*R*5',
    'AK9*R*1*1*0',
  ]);
});

test('a missing segment is reported in AK3 where it was due', async () => {
  const said = await x12Answer(x12([set850('0001', ['CUR*BY*NOK', 'N1*ST*A'])]));
  assert.match(said, /AK2\*850\*0001~AK3\*BEG\*2\*\*3~AK3\*PO1\*4\*\*3~AK5\*R\*5~/);
});

test('a length out of bounds accepts with errors, in the codes of the release', async () => {
  const long = x12([set850('0001', ['BEG*00*SA*A-NUMBER-OF-MORE-THAN-22**20261201', 'PO1*1'])]);
  assert.match(await x12Answer(long), /AK4\*3\*324\*5\*A-NUMBER-OF-MORE-THAN-22~AK5\*E\*5~AK9\*E\*1\*1\*1~/);
  const isa = { version: '00501', isa11: '^' } as const;
  const repeated = x12([set850('0001', ['BEG*00*SA*PO^PO**20261201', 'PO1*1'])], isa).replace('X*004010', 'X*005010');
  assert.match(await x12Answer(repeated), /AK4\*3>>2\*324\*12~/);
});

test('CONTRL reports a missing segment at the last one before its place, and elements at theirs', async () => {
  const file = message('ORDERS', ['BGM+220+1', 'LIN+A', 'QTY+21:x', 'NAD']);
  const said = (await contrl(file)).split("'").filter((segment) => /^UC/.test(segment));
  assert.deepEqual(said, [
    'UCI+REF1+5790000000001:14+5790000000002:14+7',
    'UCM+1+ORDERS:D:96A:UN+4',
    'UCS+2+13',
    'UCS+3',
    'UCD+37+2',
    'UCS+4',
    'UCD+37+2:2',
    'UCS+5',
    'UCD+13+2',
    'UCS+5+13',
  ]);
});
