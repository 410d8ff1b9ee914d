import { createHash } from 'node:crypto';
import type { AttachedFile } from './write.ts';

/** The name of the form's part does not matter to Visma: clients in the field use several. */
const PART = 'file';

/**
 * A file as multipart form data. The boundary is made from the content, so that the same file is the same request; the name
 * is cut down to what every part of the way takes.
 */
export function multipartOf({ name, bytes }: AttachedFile): { readonly type: string; readonly body: Uint8Array } {
  const boundary = `ml-connector-${createHash('sha256').update(bytes).digest('hex').slice(0, 32)}`;
  const head = [
    `--${boundary}`,
    `Content-Disposition: form-data; name="${PART}"; filename="${name.replace(/[\r\n"\\/]/g, '_')}"`,
    'Content-Type: application/octet-stream',
    '',
    '',
  ].join('\r\n');
  const body = Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]);
  return { type: `multipart/form-data; boundary=${boundary}`, body };
}
