import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { findTemporal, TEMPORAL_CLI_VERSION } from '../../sandbox/temporal-binary.ts';
import { atEnd, ownSupervisor } from '../harness/own.ts';

const supervisor = await ownSupervisor();
const missing = createServer((_request, response) => response.writeHead(404).end());
const downloads = await listen(missing);

test('the program that TEMPORAL_CLI_PATH names comes before one on the PATH, and that before the cache', async () => {
  const place = newPlace();
  const [named, onPath] = [program(join(place, 'named', 'temporal')), program(join(place, 'path', 'temporal'))];
  const cached = program(cachedProgram(place));
  const env = { TEMPORAL_CLI_PATH: named, PATH: dirname(onPath) };
  assert.equal(await find(place, env), named);
  assert.equal(await find(place, { PATH: env.PATH }), onPath);
  assert.equal(await find(place, {}), cached);
});

test('a TEMPORAL_CLI_PATH that names no program is refused', async () => {
  await assert.rejects(
    find(newPlace(), { TEMPORAL_CLI_PATH: '/nowhere/temporal' }),
    /TEMPORAL_CLI_PATH names \/nowhere/,
  );
});

test('the archive of the vendor is fetched into the cache', async () => {
  const place = newPlace();
  program(join(place, 'temporal'), 'echo fetched');
  const archive = execFileSync('tar', ['-cz', '-C', place, 'temporal']);
  const vendor = createServer((_request, response) => response.end(archive));
  const found = await find(place, { PATH: '' }, await listen(vendor));
  assert.equal(found, cachedProgram(place));
  assert.match(readFileSync(found, 'utf8'), /echo fetched/);
});

test('without a download the program is built with Go, and says that this takes minutes', async () => {
  const place = newPlace();
  const go = program(
    join(place, 'go-path', 'go'),
    'echo "#!/bin/sh" > $GOBIN/temporal; chmod +x $GOBIN/temporal; echo "$@"',
  );
  const said: string[] = [];
  const found = await find(place, { PATH: `${dirname(go)}:/usr/bin:/bin` }, downloads, said);
  assert.deepEqual(readdirSync(dirname(found)), ['temporal']);
  assert.match(said.join('\n'), /building version .* from source with Go; this takes some minutes/);
});

test('a build that fails leaves no program and names every way out', async () => {
  const place = newPlace();
  const go = program(join(place, 'go-path', 'go'), 'echo half > $GOBIN/temporal; echo no network >&2; exit 1');
  await assert.rejects(find(place, { PATH: `${dirname(go)}:/usr/bin:/bin` }), (error: Error) => {
    for (const word of ['answered 404', 'no network', 'TEMPORAL_CLI_PATH', 'TEMPORAL_ADDRESS']) {
      assert.ok(error.message.includes(word), `${word} is missing in: ${error.message}`);
    }
    return true;
  });
  assert.deepEqual(readdirSync(dirname(cachedProgram(place))), []);
});

function find(place: string, env: NodeJS.ProcessEnv, from = downloads, said: string[] = []): Promise<string> {
  const progress = (doing: string) => void said.push(doing);
  return findTemporal(supervisor, { env, cache: join(place, 'cache'), downloads: from, progress });
}

function cachedProgram(place: string): string {
  return join(place, 'cache', `temporal-cli-${TEMPORAL_CLI_VERSION}`, 'temporal');
}

function newPlace(): string {
  return mkdtempSync(join(supervisor.folder, 'place-'));
}

function program(path: string, script = 'exit 0'): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}

async function listen(server: ReturnType<typeof createServer>): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, '127.0.0.1', resolve);
  await promise;
  atEnd(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
