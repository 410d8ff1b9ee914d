import { Failure } from '../../failures/failure.ts';

/** What a gateway may decode, split or normalise on its way, even when it is percent-encoded. */
const RESERVED = /[/\\%?#+&:;*<>"'|]|^\.+$|^b64\(|^\s|\s$/;

/**
 * A key as one path segment: percent-encoded, or `b64(<base64url>)` where it holds characters with a meaning of their own.
 * Throws Failure `VISMA_REFUSED` for an empty key, which would address the whole list.
 */
export function keySegment(key: string): string {
  if (key === '') throw new Failure('VISMA_REFUSED', { message: 'A Visma.net record was asked for without its key' });
  return RESERVED.test(key) ? `b64(${Buffer.from(key).toString('base64url')})` : encodeURIComponent(key);
}

/**
 * The key in the last segment of a `Location`; undefined when there is none. The host before it may be another one than was
 * called, so the address itself is never followed.
 */
export function keyOfLocation(location: string | string[] | undefined): string | undefined {
  const address = Array.isArray(location) ? location[0] : location;
  const segment = address?.split(/[?#]/, 1)[0]?.replace(/\/+$/, '').split('/').at(-1);
  if (segment === undefined || segment === '') return undefined;
  const encoded = /^b64\((.*)\)$/i.exec(decode(segment))?.[1];
  return encoded === undefined ? decode(segment) : Buffer.from(encoded, 'base64url').toString('utf8');
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
