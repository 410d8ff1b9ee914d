import assert from 'node:assert/strict';
import type { EdiEvent } from '../../../formats/edi/events.ts';
import { readEdi } from '../../../formats/edi/read-edi.ts';
import { EdifactAcknowledger } from '../../../formats/edifact/acknowledge-edifact.ts';
import { ContrlReader } from '../../../formats/edifact/read-acknowledgment.ts';
import { X12Acknowledger } from '../../../formats/x12/acknowledge-x12.ts';
import { X12AcknowledgmentReader } from '../../../formats/x12/read-acknowledgment.ts';
import { mutated, numbers, SOURCES } from './mutants.ts';
import { tell, textOf } from './samples.ts';

const AT = new Date('2026-06-30T22:15:30Z');
const CAPS = { segmentsPerSet: 9, elementsPerSegment: 9, errorsPerMessage: 9, timeZone: 'Europe/Oslo' };
const LONGEST_MS = 2_000;

/** Checks the mutant that a seed makes: any bytes are read to their end, alike in all pieces, and answered. */
export async function checkAnywhere(seed: number): Promise<void> {
  const below = numbers(seed);
  const source = SOURCES[below(SOURCES.length)];
  assert.ok(source !== undefined);
  const mutant = mutated(source.bytes, below, source.standard);
  const began = performance.now();
  const whole = (await tell(mutant)).log;
  assert.ok(performance.now() - began < LONGEST_MS, `${source.name}, seed ${seed}: too slow`);
  const cuts = Array.from({ length: 60 }, () => 1 + below(40));
  assert.deepEqual(
    (await tell(mutant, {}, cuts)).log,
    whole,
    `${source.name}, seed ${seed}: reads otherwise in pieces`,
  );
  await checkEvents(mutant, `${source.name}, seed ${seed}`);
}

/** Checks that sets come out as they were when only the body of another one was mutated. */
export async function checkNeighbours(seed: number): Promise<void> {
  const below = numbers(seed);
  const source = SOURCES[below(SOURCES.length)];
  const body = source?.bodies[below(source.bodies.length)];
  assert.ok(source !== undefined && body !== undefined);
  const { bytes, standard, name } = source;
  const middle = mutated(bytes.subarray(body.from, body.to), below, standard);
  const mutant = Buffer.concat([bytes.subarray(0, body.from), middle, bytes.subarray(body.to)]);
  const [before, after] = [await setsOf(bytes), await setsOf(mutant)];
  for (const { control } of source.bodies) {
    if (control === body.control) continue;
    const expected = before.get(control);
    assert.ok(
      after.get(control)?.some((set) => set === expected?.[0]),
      `${name}, seed ${seed}: set ${control} was lost`,
    );
  }
}

/** Sets by control number, each as text: codes and segments. */
async function setsOf(bytes: Buffer): Promise<Map<string, string[]>> {
  const sets = new Map<string, string[]>();
  let segments: string[] = [];
  await readEdi([bytes], {}, (event) => {
    if (event.kind === 'set-opened') segments = [];
    else if (event.kind === 'segment') segments.push(textOf(event.segment));
    else if (event.kind === 'set-closed') {
      const { header, findings } = event.set;
      // A mutation may have made a set with the same number, which then is repeated.
      const codes = findings.map(({ code }) => code).filter((code) => code !== 'set-repeated');
      const text = `${header.type} ${codes.join()} ${segments.join(' ~ ')}`;
      sets.set(header.control, [...(sets.get(header.control) ?? []), text]);
    }
  });
  return sets;
}

/** Levels open and close in turn; whatever was read is answered, and the answer has no finding and is read in turn. */
async function checkEvents(mutant: Buffer, what: string): Promise<void> {
  let [interchange, group] = [0, 0];
  const numbered = { at: AT, nextInterchange: () => ++interchange, nextGroup: () => ++group };
  const x12 = new X12Acknowledger({ form: '997', ta1: 'always', listsEverySet: true, ...CAPS }, numbered);
  const contrl = new EdifactAcknowledger(
    { answer: 'full', listsEveryMessage: true, ...CAPS },
    { at: AT, nextInterchange: () => String(++interchange) },
  );
  const readers = [new X12AcknowledgmentReader(), new ContrlReader()];
  const open: string[] = [];
  const answers: Buffer[] = [];
  await readEdi([mutant], {}, (event) => {
    follow(event, open, what);
    for (const reader of readers) reader.take(event);
    const answer = x12.take(event) ?? contrl.take(event);
    if (answer !== undefined) answers.push(answer);
  });
  assert.deepEqual(open, [], what);
  for (const answer of answers) {
    const { codes } = await tell(answer);
    const wrong = codes.filter((code) => !OWN.has(code));
    assert.deepEqual(wrong, [], `${what}: the answer ${answer.toString('latin1')}`);
  }
}

/** What an answer has of the interchange it answers: parties and versions are given back as they came. */
const OWN = new Set(['sender-missing', 'receiver-missing', 'version-unknown', 'group-version-unknown']);

function follow(event: EdiEvent, open: string[], what: string): void {
  const [level = '', change] = event.kind.split('-');
  if (change === 'opened') open.push(level);
  else if (change === 'closed' && level !== 'file') assert.equal(open.pop(), level, what);
}
