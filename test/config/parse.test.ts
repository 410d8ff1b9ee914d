import assert from 'node:assert/strict';
import { test } from 'node:test';
import { configHash } from '../../config/hash.ts';
import { integrationSchema } from '../../config/integration.ts';
import { checkIntegration, parseIntegration } from '../../config/parse.ts';
import { sftpSettings } from '../../connectors/sftp/settings.ts';
import { vismaSettingsSchema } from '../../connectors/visma/settings.ts';
import { Failure } from '../../failures/failure.ts';
import { ENV, integrationWith, SAMPLE } from './sample.ts';

test('durations, sizes and percentages of the file become numbers in the unit that the key names', () => {
  const text = 'tenantId: 11111111-1111-1111-1111-111111111111';
  const settings = `${text}\n    targetLimit: 2s\n    maxResponse: 8MiB\n    budget: { window: 1m, shares: { poll: 35% } }`;
  const { visma } = integrationWith(text, settings).connections;
  assert.ok(visma?.kind === 'visma');
  assert.equal(visma.targetLimitMs, 2000);
  assert.equal(visma.maxResponseBytes, 8 * 1024 * 1024);
  assert.deepEqual(visma.budget, {
    calls: 500,
    windowMs: 60_000,
    sharesPercent: { operator: 5, poll: 35, post: 50, bulk: 10 },
  });
});

test('variables are filled in, with their default where they are not set, and numbers among them are numbers', () => {
  const { partner } = integrationWith().connections;
  assert.ok(partner?.kind === 'sftp');
  assert.equal(partner.host, 'sftp.example.com');
  assert.equal(partner.port, 22);
  const other = parseIntegration(SAMPLE, 'acme.yaml', { ...ENV, SFTP_PORT: '2222' }).connections.partner;
  assert.ok(other?.kind === 'sftp');
  assert.equal(other.port, 2222);
});

test('a text keeps its leading zeros, and a country code NO and a version 1.10 stay what they are', () => {
  const flow = integrationWith('name: Name', 'name: { column: Name, values: { Norge: NO, 1.10: 007 } }').flows;
  assert.ok(flow['vendors-in']?.kind === 'vendors-in' && flow['invoices-out']?.kind === 'invoices-out');
  const name = flow['vendors-in'].columns.name;
  assert.ok(typeof name === 'object' && 'values' in name);
  assert.deepEqual(name.values, { Norge: 'NO', '1.10': '007' });
  assert.ok(flow['invoices-out'].rows.layout === 'headers');
  assert.deepEqual(flow['invoices-out'].rows.columns[1], { name: 'Company', constant: '0040' });
});

test('what the ledger stores as JSON parses again to the same integration with the same hash', () => {
  const integration = integrationWith();
  const stored = integrationSchema.parse(JSON.parse(JSON.stringify(integration)));
  assert.deepEqual(stored, integration);
  assert.equal(configHash(stored), configHash(integration));
});

test('the hash ignores comments, order and notation, and sees every setting and variable', () => {
  const hash = configHash(integrationWith());
  assert.equal(configHash(integrationWith('{ every: 5m }', '\n      # five minutes\n      every: 300s')), hash);
  const moved = SAMPLE.replace('partner: ACME Trading\n', '').concat('partner: ACME Trading\n');
  assert.equal(configHash(parseIntegration(moved, 'acme.yaml', ENV)), hash);
  assert.notEqual(configHash(integrationWith('every: 5m', 'every: 6m')), hash);
  assert.notEqual(configHash(parseIntegration(SAMPLE, 'acme.yaml', { SFTP_HOST: 'other.example.com' })), hash);
});

test('the settings of a connection are those that its client takes', () => {
  const { visma, partner } = integrationWith().connections;
  assert.ok(visma?.kind === 'visma' && partner?.kind === 'sftp');
  const { kind: _visma, budget: _budget, referenceData: _referenceData, ...vismaSettings } = visma;
  const { kind: _sftp, ...sftp } = partner;
  assert.deepEqual(vismaSettingsSchema.parse(vismaSettings), vismaSettings);
  assert.deepEqual(sftpSettings.parse(sftp), sftp);
});

test('parsing throws one failure of type ConfigInvalid that lists all problems', () => {
  const broken = SAMPLE.replace('every: 5m', 'every: 5').replace('folder: inbound', 'folder: /inbound');
  assert.throws(
    () => parseIntegration(broken, 'acme.yaml', {}),
    (error) => {
      assert.ok(error instanceof Failure);
      assert.equal(error.type, 'ConfigInvalid');
      assert.match(
        error.message,
        /^The configuration has 3 problems:\n {2}acme\.yaml:10:11 connections\.partner\.host: .*SFTP_HOST/,
      );
      assert.match(error.message, /\n {2}acme\.yaml:17:24 .*\n {2}acme\.yaml:20:15 /);
      return true;
    },
  );
});

test('a file of one format is not taken for another: an empty file, a list and a mere text are refused', () => {
  for (const text of ['', '# only a comment', '- a\n- b', 'hello']) {
    assert.deepEqual(
      checkIntegration(text, 'x.yaml', {}).problems.map(({ message }) => message),
      ['the file holds no settings'],
    );
  }
});
