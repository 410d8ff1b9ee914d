import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, normalize } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/**
 * What each room may import of the house. Arrows point one way: command line and workers, then workflows and activities,
 * then connectors, mappings and ledger, then formats; failures are known to all.
 */
const ARROWS: Readonly<Record<string, readonly string[]>> = {
  failures: [],
  formats: ['failures'],
  mappings: ['formats', 'failures'],
  connectors: ['failures'],
  ledger: ['failures'],
  config: ['connectors', 'mappings', 'formats', 'failures'],
  activities: ['connectors', 'mappings', 'ledger', 'formats', 'config', 'failures'],
  workflows: [],
  workers: ['workflows', 'activities', 'ledger', 'config', 'failures'],
  cli: ['workers', 'workflows', 'activities', 'connectors', 'mappings', 'ledger', 'formats', 'config', 'failures'],
  sandbox: ['cli', 'config'],
  bench: [
    ...'cli workers workflows activities connectors mappings ledger formats config failures sandbox test'.split(' '),
  ],
};

/** Parts of the sandbox that stand for an outside system know nothing of us: they and the connectors check each other. */
const OUTSIDE_SYSTEMS = ['sandbox/visma', 'sandbox/sftp'];

/** Packages that only some rooms may use. */
const PACKAGES: readonly { readonly pattern: RegExp; readonly rooms: readonly string[] }[] = [
  { pattern: /^@temporalio\/(?!common$)/, rooms: ['activities', 'workflows', 'workers', 'cli', 'sandbox', 'bench'] },
  { pattern: /^@temporalio\/common$/, rooms: ['activities', 'workflows', 'workers', 'cli', 'sandbox', 'bench'] },
  { pattern: /^(pg|kysely)$/, rooms: ['ledger', 'cli', 'sandbox', 'bench'] },
  { pattern: /^(ssh2|undici|snowflake-sdk)$/, rooms: ['connectors', 'sandbox', 'bench'] },
];

interface Import {
  readonly file: string;
  readonly specifier: string;
  readonly isType: boolean;
}

const STATEMENT =
  /^(?:import|export)\s+(type\s)?[^'"]*?from\s+'([^']+)'|import\(\s*'([^']+)'\s*\)|^import\s+'([^']+)'/gm;

async function importsOf(room: string): Promise<Import[]> {
  const names = await readdir(join(ROOT, room), { recursive: true }).catch(() => []);
  const files = names.filter((name) => name.endsWith('.ts')).map((name) => `${room}/${name}`);
  const found = await Promise.all(
    files.map(async (file) => {
      const text = await readFile(join(ROOT, file), 'utf8');
      return [...text.matchAll(STATEMENT)].map(([, type, from, dynamic, bare]) => ({
        file,
        specifier: from ?? dynamic ?? bare ?? '',
        isType: type !== undefined,
      }));
    }),
  );
  return found.flat();
}

/** The room an import leads to, or undefined when it leads to a package or to data. */
function targetOf({ file, specifier }: Import): string | undefined {
  if (!specifier.startsWith('.') || specifier.endsWith('.json')) return undefined;
  return normalize(join(dirname(file), specifier)).split('/')[0];
}

for (const [room, allowed] of Object.entries(ARROWS)) {
  test(`${room}/ imports only what its arrows allow`, async () => {
    const wrong = (await importsOf(room)).filter((one) => {
      const target = targetOf(one);
      if (target === undefined || target === room || allowed.includes(target)) return false;
      return !(room === 'workflows' && target === 'activities' && one.isType);
    });
    assert.deepEqual(wrong, []);
  });

  test(`${room}/ uses only the packages it may`, async () => {
    const wrong = (await importsOf(room)).filter(({ specifier, isType }) =>
      PACKAGES.some(({ pattern, rooms }) => pattern.test(specifier) && !rooms.includes(room) && !isType),
    );
    assert.deepEqual(wrong, []);
  });
}

test('workflows are deterministic: they import Temporal, their own folder and types, and no module of Node', async () => {
  const wrong = (await importsOf('workflows')).filter(
    ({ specifier, isType }) =>
      !isType && !specifier.startsWith('./') && !['@temporalio/workflow', '@temporalio/common'].includes(specifier),
  );
  assert.deepEqual(wrong, []);
});

test('the simulators of outside systems import nothing of the house but one another', async () => {
  for (const folder of OUTSIDE_SYSTEMS) {
    const wrong = (await importsOf(folder)).filter((one) => {
      if (!one.specifier.startsWith('.')) return false;
      return !normalize(join(dirname(one.file), one.specifier)).startsWith('sandbox/');
    });
    assert.deepEqual(wrong, [], folder);
  }
});
