import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Whether a header holds the base64 of the HMAC-SHA256 of these bytes under this key, the form in which Visma signs its
 * notifications. The time it takes tells nothing about how near a wrong one came.
 */
export function isSigned(body: Uint8Array, key: string, signature: string): boolean {
  const wanted = createHmac('sha256', key).update(body).digest('base64');
  return isSame(signature.trim(), wanted);
}

/** Compares two texts of any length in a time that depends on neither. */
export function isSame(given: string, wanted: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}
