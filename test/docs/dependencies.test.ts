import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import test from 'node:test';
import packageJson from '../../package.json' with { type: 'json' };

const PAGE = new URL('../../docs/decisions/dependencies.md', import.meta.url);

test('docs/decisions/dependencies.md has one line for every dependency, and no stale one', async () => {
  const { dependencies, devDependencies, optionalDependencies } = packageJson;
  const declared = Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies });
  const page = await readFile(PAGE, 'utf8');
  const lines = [...page.matchAll(/^- `([^`]+)`: \S.+$/gm)].map(([, name = '']) => name);
  assert.deepEqual(lines.toSorted(), declared.toSorted());
});
