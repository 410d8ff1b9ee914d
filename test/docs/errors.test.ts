import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import test from 'node:test';
import { codesShown, codesToShow, ERRORS_PAGE } from './errors-page.ts';

test('docs/errors.md shows every failure code with its type, reason and next step, and no other', async () => {
  const shown = codesShown(await readFile(ERRORS_PAGE, 'utf8'));
  assert.deepEqual(shown, codesToShow(), 'run: node test/docs/errors-page.ts');
});
