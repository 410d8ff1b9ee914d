import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

const DEPLOY = fileURLToPath(new URL('../../deploy/', import.meta.url));
const CASES = 'prometheus-rules.test.yaml';

function read<T>(name: string): T {
  return parse(readFileSync(`${DEPLOY}${name}`, 'utf8'));
}

test('every alert rule has a case in which it fires', () => {
  const { groups } = read<{ groups: { rules: { alert: string }[] }[] }>('prometheus-rules.yaml');
  const { tests } = read<{ tests: { alert_rule_test: { alertname: string; exp_alerts?: unknown[] }[] }[] }>(CASES);
  const firing = tests.flatMap(({ alert_rule_test: cases }) => cases).filter(({ exp_alerts }) => exp_alerts?.length);
  assert.deepEqual(
    [...new Set(firing.map(({ alertname }) => alertname))].sort(),
    groups.flatMap(({ rules }) => rules.map(({ alert }) => alert)).sort(),
  );
});

test('promtool finds that each alert rule fires when it should, and says what it should', (context) => {
  if (spawnSync('promtool', ['--version']).error) return context.skip('promtool of Prometheus is not installed here');
  execFileSync('promtool', ['test', 'rules', CASES], { cwd: DEPLOY, stdio: 'pipe' });
});
