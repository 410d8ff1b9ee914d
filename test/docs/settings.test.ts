import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import test from 'node:test';
import { integrationJsonSchema } from '../../config/json-schema.ts';

const PAGE = await readFile(new URL('../../docs/integrations/visma-sftp.md', import.meta.url), 'utf8');

/** Names of settings at any depth, in the notation of integration files. */
function settingsIn(schema: unknown): string[] {
  if (Array.isArray(schema)) return schema.flatMap(settingsIn);
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([key, value]) =>
    key === 'properties'
      ? [...Object.keys(value as object), ...settingsIn(Object.values(value as object))]
      : settingsIn(value),
  );
}

test('docs/integrations/visma-sftp.md names every setting of an integration file', () => {
  const settings = [...new Set(settingsIn(integrationJsonSchema()))];
  assert.ok(settings.includes('connections') && settings.includes('settle'));
  const words = new Set(PAGE.match(/\w+/g));
  const unnamed = settings.filter((name) => !name.split('.').every((part) => words.has(part)));
  assert.deepEqual(unnamed, []);
});
