import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { matcherOf, pathOf, refusalOf } from '../../connectors/sftp/names.ts';
import { tempPathOf } from '../../connectors/sftp/upload.ts';

test('a pattern knows *, ? and {a,b}, and takes all else literally', () => {
  assert.ok(matcherOf('VENDORS_*.csv')('VENDORS_20260101.csv'));
  assert.ok(!matcherOf('VENDORS_*.csv')('vendors_1.csv'));
  assert.ok(!matcherOf('*.csv')('a.csv.part'));
  assert.ok(matcherOf('a?.{csv,txt}')('a1.txt'));
  assert.ok(!matcherOf('a?.{csv,txt}')('a1.xml'));
  assert.ok(matcherOf('in(1)+[x].csv')('in(1)+[x].csv'));
  assert.ok(!matcherOf('a.csv')('axcsv'));
});

test('a star does not match hidden names', () => {
  assert.ok(!matcherOf('*')('.hidden'));
  assert.ok(matcherOf('.*')('.hidden'));
});

test('any plain name matches itself as a pattern', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[^*?{}/\0.][^*?{}/\0]{0,20}$/), (name) => assert.ok(matcherOf(name)(name))),
  );
});

test('names that leave their folder or cannot be shown are refused', () => {
  const hostile = [
    '..',
    '.',
    '',
    'a/b',
    '../x',
    'a\\b',
    'a\0b',
    'a\nb',
    'a\u202eb',
    'a\u2028b',
    'a\ufffdb',
    'x'.repeat(256),
  ];
  for (const name of hostile) assert.notEqual(refusalOf(name), undefined, JSON.stringify(name));
  for (const name of ['a.csv', 'Ångström 1.csv', '...', "it's $(fine).csv"]) assert.equal(refusalOf(name), undefined);
  assert.throws(() => pathOf('/in', '../x'), { code: 'SFTP_NAME_UNUSABLE' });
});

test('a temp name is hidden, ends in .part and stays in its folder and within 255 bytes', () => {
  assert.equal(tempPathOf('/out/inv.csv', 'TOKEN0123456'), '/out/.inv.csv.TOKEN0123456.part');
  assert.equal(tempPathOf('inv.csv', 'T'), '.inv.csv.T.part');
  const long = tempPathOf(`/out/${'å'.repeat(127)}`, 'TOKEN0123456');
  assert.ok(Buffer.byteLength(long) <= '/out/'.length + 255);
  assert.match(long, /^\/out\/\.å+\.TOKEN0123456\.part$/);
  assert.throws(() => tempPathOf('/out/..', 'T'), { code: 'SFTP_NAME_UNUSABLE' });
});
