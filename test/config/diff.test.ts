import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeChange, diffIntegrations } from '../../config/diff.ts';
import { integrationWith } from './sample.ts';

const lines = (...versions: Parameters<typeof diffIntegrations>) =>
  diffIntegrations(...versions).flatMap(describeChange);

test('two versions that mean the same have no difference', () => {
  assert.deepEqual(diffIntegrations(integrationWith(), integrationWith('{ every: 5m }', '{ every: 300s }')), []);
  assert.deepEqual(diffIntegrations(undefined, undefined), []);
});

test('a changed schedule is shown apart from its flow, in the units of the file', () => {
  const after = integrationWith('{ every: 5m }', '{ every: 4h, jitter: 1m }');
  assert.deepEqual(lines(integrationWith(), after), [
    '~ schedule acme/vendors-in',
    '    every: 5m -> 4h',
    '    jitter: 10s -> 1m',
  ]);
});

test('changed settings of connections and flows are shown with path, old and new value', () => {
  const before = integrationWith();
  const connection = integrationWith(`port: \${SFTP_PORT:-22}`, 'port: 2222');
  assert.deepEqual(lines(before, connection), ['~ connection acme/partner', '    port: 22 -> 2222']);
  const flow = integrationWith('- { name: Company, constant: 0040 }', '- { name: Company Code, constant: "" }');
  assert.deepEqual(lines(before, flow), [
    '~ flow acme/invoices-out',
    '    rows.columns[2].name: Company -> Company Code',
    '    rows.columns[2].constant: 0040 -> ""',
  ]);
});

test('a setting that comes or goes is shown against (none)', () => {
  const after = integrationWith('kind: visma\n', 'kind: visma\n    companyId: 0123\n');
  assert.deepEqual(lines(integrationWith(), after), ['~ connection acme/visma', '    companyId: (none) -> 0123']);
});

test('a flow that is renamed goes and comes, with its schedule', () => {
  const after = integrationWith('  vendors-in:\n', '  suppliers:\n');
  assert.deepEqual(lines(integrationWith(), after), [
    '+ flow acme/suppliers',
    '- flow acme/vendors-in',
    '+ schedule acme/suppliers',
    '- schedule acme/vendors-in',
  ]);
});

test('a new integration adds all its parts, and a removed one takes them away', () => {
  const parts = ['integration acme', 'connection acme/visma', 'connection acme/partner', 'flow acme/vendors-in'];
  const all = [...parts, 'flow acme/invoices-out', 'schedule acme/vendors-in', 'schedule acme/invoices-out'];
  assert.deepEqual(
    lines(undefined, integrationWith()),
    all.map((part) => `+ ${part}`),
  );
  assert.deepEqual(
    lines(integrationWith(), undefined),
    all.map((part) => `- ${part}`),
  );
});
