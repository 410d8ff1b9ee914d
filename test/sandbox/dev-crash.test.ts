import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { devReady, isRunningPid, newHome, pidsOf, processesOf, spawnDev, until } from './dev-process.ts';

test('after a kill -9 of dev nothing is left running a moment later', async () => {
  const home = newHome();
  const dev = spawnDev(home);
  const file = await devReady(dev, home);
  dev.process.kill('SIGKILL');
  await until(() => pidsOf(file).every((pid) => !isRunningPid(pid)) && processesOf(home).length === 0);
});

test('a dev after a kill -9 of dev and of its guard ends the orphans and comes up', async () => {
  const home = newHome();
  const killed = spawnDev(home);
  const before = await devReady(killed, home);
  const guard = processesOf(home).find((line) => line.includes('guard.ts'));
  process.kill(Number.parseInt(guard!, 10), 'SIGKILL');
  killed.process.kill('SIGKILL');
  await killed.ended;
  assert.deepEqual(pidsOf(before).map(isRunningPid), [true, true, true, true, true]);
  const next = spawnDev(home);
  const after = await devReady(next, home);
  assert.deepEqual(pidsOf(before).map(isRunningPid), [false, false, false, false, false]);
  assert.deepEqual(pidsOf(after).map(isRunningPid), [true, true, true, true, true]);
  next.process.kill('SIGTERM');
  assert.equal(await next.ended, 143);
  assert.deepEqual(processesOf(home), []);
});

test('a start that fails half way says why and leaves nothing running', async () => {
  const home = newHome();
  const dev = spawnDev(home, { STAND_IN_WORKER: 'broken.ts' });
  assert.equal(await dev.ended, 1);
  assert.match(dev.printed(), /worker ended with code 3/);
  assert.match(dev.printed(), /This program is broken on purpose/);
  assert.deepEqual(processesOf(home), []);
});

test('Ctrl-C at any moment of the start leaves nothing running, and the next start is as good as the first', async () => {
  const home = newHome();
  for (const afterMs of [150, 500, 1_000]) {
    const dev = spawnDev(home);
    await until(() => dev.printed().includes('local run in'));
    await sleep(afterMs);
    dev.process.kill('SIGINT');
    assert.equal(await dev.ended, 130, dev.printed());
    assert.deepEqual(processesOf(home), []);
  }
  const dev = spawnDev(home);
  const file = await devReady(dev, home);
  assert.deepEqual(pidsOf(file).map(isRunningPid), [true, true, true, true, true]);
});
