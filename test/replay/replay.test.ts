import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { DefaultLogger, makeTelemetryFilterString, Runtime, Worker } from '@temporalio/worker';
import { readEnvironment } from '../../config/environment.ts';
import { type BundleKind, cachedBundle } from '../../workers/bundle.ts';
import { dataConverter } from '../../workers/connect.ts';
import { PAYLOAD_KEY } from '../harness/payload-key.ts';

/**
 * Histories of real runs, as `record.ts` has exported them. A workflow that is open while a worker is updated goes on under
 * the new code: whoever fails here would break it.
 */
const FOLDER = new URL('./histories/', import.meta.url);
const histories = readdirSync(FOLDER).map((file) => file.replace('.json', ''));

const { bundleCache } = readEnvironment({ DATABASE_URL: '-', ML_CONNECTOR_MASTER_KEY: '-' }).worker;
// The last test fails on purpose; what the SDK says about it is not for whoever reads the output of the tests.
Runtime.install({
  logger: new DefaultLogger('ERROR', () => undefined),
  telemetryOptions: { logging: { filter: makeTelemetryFilterString({ core: 'ERROR', other: 'ERROR' }) } },
});

/** Replays a history with the workflows as they are, or as `change` makes them. */
async function replayed(name: string, change: (code: string) => string = (code) => code): Promise<void> {
  const kind: BundleKind = name.endsWith('-encrypted') ? 'encrypted' : 'clear';
  const { codePath } = await cachedBundle(bundleCache, kind);
  const options = {
    workflowBundle: { code: change(readFileSync(codePath, 'utf8')) },
    dataConverter: dataConverter({ payloadKey: kind === 'encrypted' ? PAYLOAD_KEY : undefined }),
  };
  await Worker.runReplayHistory(options, JSON.parse(readFileSync(new URL(`${name}.json`, FOLDER), 'utf8')));
}

test('there is a history of every workflow type, in clear and encrypted', () => {
  const index = readFileSync(fileURLToPath(new URL('../../workflows/index.ts', import.meta.url)), 'utf8');
  const types = [...index.matchAll(/export \{ (\w+) \}/g)].map(([, type]) => type);
  assert.ok(types.length >= 3);
  const recorded = histories.map((name) => {
    const history = readFileSync(new URL(`${name}.json`, FOLDER), 'utf8');
    const [, type] = /"workflowType":\{"name":"(\w+)"/.exec(history) ?? [];
    return `${type} ${name.endsWith('-encrypted') ? 'encrypted' : 'clear'}`;
  });
  for (const type of types) {
    assert.ok(recorded.includes(`${type} clear`), type);
    assert.ok(recorded.includes(`${type} encrypted`), type);
  }
});

for (const name of histories) {
  test(`the workflows of today replay ${name}`, () => replayed(name));
}

/** One change of order, or one step more, in each workflow type. */
const CHANGES = {
  'deliver-ok': [
    'const outcome = await post(input);',
    "await acknowledge({ ...input, outcome: 'posted' }); const outcome = await post(input);",
  ],
  'sync-visma-sftp-page': ['const page = await fetch(', 'await poll({ flow, config }); const page = await fetch('],
  sweep: ['return restartStranded();', 'await restartStranded(); return restartStranded();'],
  anchor: ['return anchorHeads();', 'await anchorHeads(); return anchorHeads();'],
  retention: ['return forgetOldBodies();', 'await forgetOldBodies(); return forgetOldBodies();'],
  watch: ['await lookOut();', 'await sendNotices();'],
} as const;

for (const [name, [before, after]] of Object.entries(CHANGES)) {
  test(`a workflow that takes its steps in another order than ${name} did is noticed`, async () => {
    const change = (code: string) => {
      assert.ok(code.includes(before), before);
      return code.replace(before, after);
    };
    await assert.rejects(replayed(name, change), { name: 'DeterminismViolationError' });
  });
}
