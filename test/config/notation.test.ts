import assert from 'node:assert/strict';
import { matchesGlob } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { fileName, fileNameFaults } from '../../config/file-name.ts';
import { interpolate } from '../../config/interpolate.ts';
import { nearest } from '../../config/nearest.ts';
import { patternsOverlap } from '../../config/pattern-overlap.ts';
import { formatUnit, parseUnit } from '../../config/units.ts';

test('what is written with a unit reads back as the same number', () => {
  fc.assert(
    fc.property(fc.nat(), fc.constantFrom('Ms', 'Bytes', 'Percent'), (value, unit) => {
      assert.equal(parseUnit(formatUnit(value, unit), unit), value);
    }),
  );
});

test('a number is written in the largest unit that holds it exactly', () => {
  assert.equal(formatUnit(300_000, 'Ms'), '5m');
  assert.equal(formatUnit(90_000, 'Ms'), '90s');
  assert.equal(formatUnit(86_400_000, 'Ms'), '1d');
  assert.equal(formatUnit(0, 'Ms'), '0ms');
  assert.equal(formatUnit(64 * 1024 * 1024, 'Bytes'), '64MiB');
});

test('a number without unit, a fraction, a space or another unit is no duration', () => {
  for (const text of ['5', '1.5h', '5 m', 'm', '-5m', '5M', '5min', '64MiB', '']) {
    assert.equal(parseUnit(text, 'Ms'), undefined, text);
  }
});

test('a variable that is empty counts as not set, and a doubled dollar writes a variable as text', () => {
  const env = { HOST: 'h', EMPTY: '' };
  const textOf = (text: string) => interpolate(text, env);
  assert.deepEqual(textOf(`a-\${HOST}-\${EMPTY:-d}-\${NONE:-}`), { text: 'a-h-d-', missing: [], broken: false });
  assert.deepEqual(textOf(`$\${HOST} costs $5`), { text: `\${HOST} costs $5`, missing: [], broken: false });
  assert.deepEqual(textOf(`\${EMPTY}\${toString}`), { text: '', missing: ['EMPTY', 'toString'], broken: false });
  assert.deepEqual(textOf(`\${HOST`), { broken: true });
});

test('the value of a variable is not searched for variables', () => {
  assert.deepEqual(interpolate(`\${A}`, { A: `\${B}`, B: 'b' }), { text: `\${B}`, missing: [], broken: false });
});

const piece = fc.constantFrom('a', 'b', '*', '?', '{a,b*}');
const pattern = fc.array(piece, { maxLength: 5 }).map((parts) => parts.join(''));
const name = fc.array(fc.constantFrom('a', 'b'), { minLength: 1, maxLength: 6 }).map((parts) => parts.join(''));

test('patterns that some name fits both of are found to overlap', () => {
  fc.assert(
    fc.property(pattern, pattern, name, (a, b, text) => {
      fc.pre(matchesGlob(text, a) && matchesGlob(text, b));
      assert.equal(patternsOverlap(a, b), true);
    }),
  );
});

test('patterns that no name fits both of are not found to overlap', () => {
  for (const [a, b] of [
    ['vendors*.csv', 'invoices*.csv'],
    ['*.csv', '*.txt'],
    ['a?', 'a'],
    ['v.{csv,txt}', 'v.xml'],
    ['a*b', 'a*c'],
  ] as const) {
    assert.equal(patternsOverlap(a, b), false, `${a} ${b}`);
    assert.equal(patternsOverlap(b, a), false, `${b} ${a}`);
  }
});

test('a file name is made from the time in UTC and the padded number, which is never cut', () => {
  const at = new Date('2026-03-04T23:05:06Z');
  assert.equal(fileName('inv-{date:yyyyMMdd}-{sequence:6}.csv', { at, sequence: 42 }), 'inv-20260304-000042.csv');
  assert.equal(fileName('{date:dd.MM.yyyy_HHmmss} {sequence}', { at, sequence: 7 }), '04.03.2026_230506 7');
  assert.equal(fileName('{sequence:2}', { at, sequence: 12_345 }), '12345');
});

test('a template is refused when names could repeat, leave the folder or hide', () => {
  assert.deepEqual(fileNameFaults('inv-{date:yyyyMMdd}-{sequence:6}.csv'), []);
  for (const template of [
    'inv.csv',
    'a/{sequence}',
    '../{sequence}',
    '{sequence}{',
    '{date}{sequence}',
    '.{sequence}',
    '{sequence:0}',
  ]) {
    assert.notEqual(fileNameFaults(template).length, 0, template);
  }
});

test('the nearest word is found over a slip of the pen, and none where nothing is near', () => {
  const words = ['source', 'target', 'schedule', 'format'];
  assert.equal(nearest('suorce', words), 'source');
  assert.equal(nearest('Schedul', words), 'schedule');
  assert.equal(nearest('xyzzy', words), undefined);
});
