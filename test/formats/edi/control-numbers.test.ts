import assert from 'node:assert/strict';
import test from 'node:test';
import { ControlScope } from '../../../formats/edi/control-numbers.ts';

/** Says of each control number whether an earlier one was the same. */
function repeated(controls: readonly string[]): boolean[] {
  const scope = new ControlScope();
  return controls.map((control) => {
    const isRepeated = scope.has(control);
    if (!isRepeated) scope.add(control);
    return isRepeated;
  });
}

for (const controls of [
  ['0001', '0002', '0003', '0002', '0004', '0001'],
  ['8', '9', '10', '11', '9', '10', '010', '10'],
  ['0009', '0010', '9', '10', '00010', '9999', '10000', '0010'],
  ['A1', 'A2', 'A1', '7', '8', '7', 'A2', '08'],
  ['3', '1', '2', '3', '4', '1', '2'],
  ['999999998', '999999999', '1000000000', '1000000001', '1000000000', '999999999'],
  ['0', '00', '0', '1', '00'],
  ['\u0661', '1', '-1', ' 1', '1.', '1', '-1', ' 1'],
]) {
  test(`control numbers are told apart as text: ${controls.join()}`, () => {
    const expected = controls.map((control, at) => controls.slice(0, at).includes(control));
    assert.deepEqual(repeated(controls), expected);
  });
}

test('control numbers that jump about are told apart as a set of texts tells them', () => {
  let state = 1;
  const below = (bound: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state % bound;
  };
  const controls = Array.from({ length: 20_000 }, (_, at) => {
    const number = below(3) === 0 ? below(at + 1) : at >> 1;
    return String(number).padStart(1 + below(4));
  }).map((text) => text.replaceAll(' ', '0'));
  const seen = new Set<string>();
  const expected = controls.map((control) => seen.size === seen.add(control).size);
  assert.deepEqual(repeated(controls), expected);
});
