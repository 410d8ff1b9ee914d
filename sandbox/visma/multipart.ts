import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ApiRefusal } from './answers.ts';
import type { JsonObject } from './json.ts';

/** Lets routes take `multipart/form-data`: what they see of it is the name, size and hash of its file. */
export function addMultipart(app: FastifyInstance): void {
  app.addContentTypeParser(
    'multipart/form-data',
    { parseAs: 'buffer' },
    async (request: FastifyRequest, body: Buffer) => fileOf(request.headers['content-type'] ?? '', body),
  );
}

/** The first part that is a file, whatever the name of the part. Throws ApiRefusal 400 when there is none. */
function fileOf(contentType: string, body: Buffer): JsonObject {
  const boundary = /boundary="?([^";]+)"?/i.exec(contentType)?.[1];
  if (boundary === undefined) throw new ApiRefusal(400, 'The multipart body names no boundary.');
  const parts = body.toString('latin1').split(`--${boundary}`).slice(1, -1);
  const part = parts.find((text) => /filename="/i.test(text));
  const [head = '', ...rest] = part?.split('\r\n\r\n') ?? [];
  const name = /filename="([^"]*)"/i.exec(head)?.[1];
  if (name === undefined) throw new ApiRefusal(400, 'The multipart body holds no file.');
  // The line end before the next boundary is not the file's.
  const content = Buffer.from(rest.join('\r\n\r\n').slice(0, -2), 'latin1');
  return {
    fileName: Buffer.from(name, 'latin1').toString('utf8'),
    size: content.length,
    sha256: createHash('sha256').update(content).digest('hex'),
  };
}
