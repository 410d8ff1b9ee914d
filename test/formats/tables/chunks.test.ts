import assert from 'node:assert/strict';
import test from 'node:test';
import { BUILT_IN_TABLES } from '../../../formats/tables/built-in.ts';
import { TableShelf } from '../../../formats/tables/shelf.ts';
import { checkerOf } from '../../../formats/tables/table-checker.ts';
import { set850, tell, x12 } from '../edi/samples.ts';
import { message } from './outline.ts';

const FAULTY_850 = x12([
  set850('0001', ['BEG*00*SA*PO1**20261301', 'REF*DP', 'N3*NOWHERE', 'PO1*1*5,0*EA*1.00', 'CTT*1*2*3', 'CUR*BY*NOK']),
  set850('0002', ['BEG*00*SA*A-NUMBER-OF-AN-ORDER-THAT-IS-TOO-LONG**20261201', 'ZZZ*1']),
]);
const FAULTY_ORDERS = message('ORDERS', [
  ...[
    'BGM+220+PO?+1:9',
    'DTM+137:20261301:102',
    "FTX+AAI+++It?'s 5?:30",
    'RFF+ON',
    'LIN+A++4?+0:EN',
    'QTY+21:x',
    'MOA+79:1',
  ],
]);

for (const [name, file] of Object.entries({ x12: FAULTY_850, edifact: FAULTY_ORDERS })) {
  test(`what tables find does not depend on where a file is cut: ${name}`, async () => {
    const settings = { checker: checkerOf(new TableShelf(BUILT_IN_TABLES)) };
    const whole = await tell(file, settings);
    assert.ok(whole.findings.filter(({ layer }) => layer === 'table').length >= 5, whole.codes.join());
    assert.deepEqual((await tell(file, settings, Array(file.length).fill(1))).log, whole.log, 'byte by byte');
    for (let cut = 1; cut < file.length; cut += 1) {
      assert.deepEqual((await tell(file, settings, [cut])).log, whole.log, `cut at ${cut}`);
    }
  });
}
