import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import { readEdi } from '../../formats/edi/read-edi.ts';
import { X12Acknowledger } from '../../formats/x12/acknowledge-x12.ts';
import { mutated, numbers, SOURCES } from '../formats/edi/mutants.ts';
import { GOLDENS, TWO } from '../formats/x12/goldens.ts';
import { installPyx12, judge } from './pyx12.ts';

const GENERATED = 150;
const AT = new Date('2026-06-30T22:15:30Z');

let folder = '';
let python = '';
let missing = '';
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pyx12-'));
  const installed = await installPyx12(folder);
  if ('python' in installed) python = installed.python;
  else missing = installed.missing;
});
after(() => rm(folder, { recursive: true, force: true }));

/** pyx12 knows the groups and sets of health care only: among them payment orders (RA, 820), in place of orders. */
function asPayments(file: string): string {
  return file.replaceAll('GS*PO*S*R*', 'GS*RA*SENDER*RECEIVER*').replaceAll('ST*850*', 'ST*820*');
}

function in5010(file: string): string {
  return file.replaceAll('*U*00401*', '*^*00501*').replaceAll('*004010', '*005010');
}

async function answers(file: string, form: '997' | '999'): Promise<Buffer[]> {
  let [interchange, group] = [0, 0];
  const acknowledger = new X12Acknowledger(
    { form, ta1: 'when-asked', listsEverySet: true, segmentsPerSet: 99, elementsPerSegment: 99, timeZone: 'UTC' },
    { at: AT, nextInterchange: () => ++interchange, nextGroup: () => ++group },
  );
  const written: Buffer[] = [];
  await readEdi([Buffer.from(file, 'latin1')], {}, (event) => {
    const answer = acknowledger.take(event);
    if (answer !== undefined) written.push(answer);
  });
  return written;
}

/** pyx12 looks for TA1 behind the groups, while the standard has it before them. */
const TA1_PLACE = /Mandatory loop "Functional Group Header" \(GS_LOOP\) missing/;

async function refused(files: readonly { readonly name: string; readonly bytes: Buffer }[]): Promise<string[]> {
  const judged = await judge(
    python,
    folder,
    files.map(({ bytes }) => bytes),
  );
  assert.equal(judged.length, files.length);
  return judged.flatMap(({ accepted, messages }, index) => {
    const wrong = messages.filter((message) => !TA1_PLACE.test(message));
    const { name = '', bytes } = files[index] ?? {};
    return accepted && wrong.length === 0 ? [] : [`${name}: ${wrong.join('; ')}\n${bytes?.toString('latin1')}`];
  });
}

async function answered(file: string, name: string): Promise<{ readonly name: string; readonly bytes: Buffer }[]> {
  const both = [...(await answers(file, '997')), ...(await answers(in5010(file), '999'))];
  return both.map((bytes) => ({ name, bytes }));
}

/** Goldens whose acknowledgment gives back a value that is wrong itself: pyx12 finds fault with it, as it has to. */
const GIVES_BACK_WHAT_IS_WRONG = ['an ST whose type is none', 'a set whose number is too short'];

test('pyx12 accepts every 997 and 999 of the goldens', async (context) => {
  if (missing !== '') return context.skip(missing);
  const goldens = GOLDENS.filter(([name]) => !GIVES_BACK_WHAT_IS_WRONG.includes(name));
  const files = [...goldens.map(([name, file]) => [name, file] as const), ['no fault', TWO] as const];
  const asked = files.map(([name, file]) => [`${name}, TA1 asked for`, file.replace('*0*P*', '*1*P*')] as const);
  const written = await Promise.all([...files, ...asked].map(([name, file]) => answered(asPayments(file), name)));
  assert.ok(written.flat().length > files.length * 3);
  assert.deepEqual(await refused(written.flat()), []);
});

test('pyx12 accepts the answers to mutated sets', async (context) => {
  if (missing !== '') return context.skip(missing);
  const written: { readonly name: string; readonly bytes: Buffer }[] = [];
  for (let seed = 1; seed <= GENERATED; seed += 1) {
    const below = numbers(seed);
    const sources = SOURCES.filter(({ standard }) => standard === 'X12');
    const source = sources[below(sources.length)];
    const body = source?.bodies[below(source.bodies.length)];
    if (source === undefined || body === undefined) continue;
    const middle = mutated(source.bytes.subarray(body.from, body.to), below, 'X12');
    const parts = [source.bytes.subarray(0, body.from), middle, source.bytes.subarray(body.to)];
    written.push(...(await answered(asPayments(Buffer.concat(parts).toString('latin1')), `seed ${seed}`)));
  }
  assert.ok(written.length > GENERATED);
  assert.deepEqual(await refused(written), []);
});
