import assert from 'node:assert/strict';
import { test } from 'node:test';
import { integrationJsonSchema } from '../../config/json-schema.ts';

test('the JSON schema for editors is in the notation of the file', () => {
  const text = JSON.stringify(integrationJsonSchema());
  for (const key of ['every', 'settle', 'maxFile', 'shares', 'targetLimit']) assert.ok(text.includes(`"${key}":`), key);
  assert.doesNotMatch(text, /"\w+(Ms|Bytes|Percent)"/);
  assert.ok(text.includes('"^\\\\d+(ms|s|m|h|d)$"'));
});

test('the JSON schema knows each kind and allows no other key', () => {
  const schema = integrationJsonSchema();
  assert.equal(schema.title, 'ml-connector integration');
  const text = JSON.stringify(schema);
  for (const kind of ['visma-sftp', 'visma', 'sftp', 'vendors-in', 'invoices-out']) {
    assert.ok(text.includes(`"const":"${kind}"`), kind);
  }
  assert.ok(text.includes('"additionalProperties":false'));
});
