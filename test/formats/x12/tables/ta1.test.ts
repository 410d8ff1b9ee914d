import assert from 'node:assert/strict';
import test from 'node:test';
import type { EdiEvent } from '../../../../formats/edi/events.ts';
import { readEdi } from '../../../../formats/edi/read-edi.ts';
import { BUILT_IN_TABLES } from '../../../../formats/tables/built-in.ts';
import { TableShelf } from '../../../../formats/tables/shelf.ts';
import { checkerOf } from '../../../../formats/tables/table-checker.ts';
import { isa } from '../../edi/samples.ts';

/** `code 2` of what the table of TA1 finds in the one between ISA and IEA. It stands in no group and no set. */
async function faultsIn(ta1: string, release: string): Promise<string[]> {
  const faults: string[] = [];
  const checker = checkerOf(new TableShelf(BUILT_IN_TABLES))((code, at) => faults.push(`${code} ${at?.element ?? 0}`));
  const place = { offset: 106, control: '', elements: [] };
  const set = { ...place, type: 'TA1', version: '' };
  const group = { ...place, functionalId: null, version: release };
  await readEdi([Buffer.from(`${isa()}${ta1}~IEA*0*000000905~`)], {}, (event: EdiEvent) => {
    if (event.kind === 'interchange-opened') checker.open({ set, group, interchange: event.interchange });
    if (event.kind === 'segment' && event.segment.tag === 'TA1') checker.take(event.segment, event.position);
  });
  checker.close();
  return faults;
}

for (const release of ['004010', '005010']) {
  for (const [ta1, expected] of [
    ['TA1*000000905*260101*1200*A*000', []],
    ['TA1*000000905*260101*1200*R*025', []],
    ['TA1*905*260101*1200*A*000', ['element-too-short 1']],
    ['TA1*00000090A*260101*1200*A*000', ['element-type 1']],
    ['TA1*000000905*261301*1200*A*000', ['element-date 2']],
    ['TA1*000000905*260101*2500*A*000', ['element-time 3']],
    ['TA1*000000905*260101*1200*A', ['element-missing 5']],
    ['TA1*000000905*260101*1200*A*000*1', ['too-many-elements 6']],
  ] as const) {
    test(`${ta1} by the table of ${release}`, async () => {
      assert.deepEqual(await faultsIn(ta1, release), expected);
    });
  }
}
