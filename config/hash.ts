import { contentHash } from '../mappings/canonical/content-hash.ts';
import type { Integration } from './integration.ts';

/**
 * The identity of a configuration: SHA-256 in lower-case hex over its canonical JSON, defaults and variables resolved. The
 * order of keys, comments and the notation of the file do not change it.
 */
export function configHash(integration: Integration): string {
  return contentHash(integration);
}
