import assert from 'node:assert/strict';
import test from 'node:test';
import type { EdiEvent } from '../../../formats/edi/events.ts';
import { readEdi } from '../../../formats/edi/read-edi.ts';

const TRADACOMS = [
  "STX=ANA:1+A:X+B:Y+261103:130233+7'",
  "MHD=1+toString:9'TYP=1'MTR=3'",
  "MHD=2+ORDERS:9'TYP=1'MTR=3'END=2'",
].join('');
const EDIFACT = "UNB+toString:3+A+B+261103:0915+1'UNH+1+valueOf:D:96A:UN'BGM+220'UNT+3+1'UNZ+1+1'";

async function setsIn(file: string): Promise<string[]> {
  const types: string[] = [];
  await readEdi([Buffer.from(file)], {}, (event: EdiEvent) => {
    if (event.kind === 'set-closed') types.push(event.set.header.type);
  });
  return types;
}

test('a set or a syntax that is called as members of every object are is one that is not known', async () => {
  assert.deepEqual(await setsIn(TRADACOMS), ['toString', 'ORDERS']);
  assert.deepEqual(await setsIn(EDIFACT), ['valueOf']);
});
