import assert from 'node:assert/strict';
import { existsSync, globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import packageJson from '../../package.json' with { type: 'json' };

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const FILES = ['README.md', ...globSync('docs/**/*.md', { cwd: ROOT })].sort();
const PAGES = await Promise.all(FILES.map(async (file) => ({ file, text: await readFile(join(ROOT, file), 'utf8') })));

function found(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, first = '']) => first);
}

/** GitHub's anchors: small letters, hyphens for blanks, without punctuation. */
function anchorsOf(text: string): string[] {
  return found(text, /^#+ (.+)$/gm).map((heading) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

async function isBroken(file: string, link: string): Promise<boolean> {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? join(ROOT, file) : join(ROOT, dirname(file), path);
  if (!existsSync(target)) return true;
  return anchor !== undefined && !anchorsOf(await readFile(target, 'utf8')).includes(anchor);
}

test('every relative link of a page leads to a file, and to a heading of it', async () => {
  const broken: string[] = [];
  for (const { file, text } of PAGES) {
    for (const link of found(text, /\]\((?!https?:)([^)\s]+)\)/g)) {
      if (await isBroken(file, link)) broken.push(`${file}: ${link}`);
    }
  }
  assert.deepEqual(broken, []);
});

test('every npm script that a page or compose file names exists', () => {
  const named = PAGES.flatMap(({ file, text }) => found(text, /npm run ([\w:-]+)/g).map((name) => ({ file, name })));
  assert.deepEqual(
    named.filter(({ name }) => !Object.hasOwn(packageJson.scripts, name)),
    [],
  );
});

test('every file of the project that a page names in code font is there', () => {
  const rooms =
    'activities|bench|cli|config|connectors|deploy|failures|formats|integrations|ledger|mappings|sandbox|test|workers|workflows';
  const pattern = new RegExp(`\`((?:${rooms})/[\\w./-]+)\``, 'g');
  const missing = PAGES.flatMap(({ file, text }) =>
    found(text, pattern)
      .filter((path) => !existsSync(join(ROOT, path)))
      .map((path) => `${file}: ${path}`),
  );
  assert.deepEqual(missing, []);
});

test('docs/architecture.md says what every table of the ledger keeps', async () => {
  const files = globSync('ledger/migrations/*.sql', { cwd: ROOT });
  const sql = await Promise.all(files.map((file) => readFile(join(ROOT, file), 'utf8')));
  const tables = found(sql.join('\n'), /^create table (\w+)/gm);
  const page = await readFile(join(ROOT, 'docs/architecture.md'), 'utf8');
  assert.ok(tables.includes('document'));
  assert.deepEqual(
    tables.filter((name) => !page.includes(`\`${name}\``)),
    [],
  );
});
