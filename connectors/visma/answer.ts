import { z } from 'zod';
import type { HttpAnswer } from './http.ts';

/** Parses JSON; undefined for anything else. The parser's own error quotes the text, so it goes no further. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Gateways and proxies answer with pages; what they say is not the ERP's word. */
export function isHtml(answer: HttpAnswer): boolean {
  const type = answer.headers['content-type'] ?? '';
  return type.includes('html') || /^\s*</.test(answer.text);
}

const MESSAGE_FIELDS = ['message', 'exceptionmessage', 'errormessage', 'errorinfo', 'error_description', 'detail'];
const VISMA_ID = /^\s*VismaId:\s*<?[0-9a-f-]{36}>?\s*\.?\s*/i;
const MAX_MESSAGE = 2000;

const record = z.record(z.string(), z.unknown());

/**
 * The system's own words in an error answer: `message` of the ERP, `ExceptionMessage` of the platform, in any case, without
 * the `VismaId: <guid>.` that support uses. undefined for a page or an empty answer. Unredacted: it can repeat what was sent.
 */
export function messageOf(answer: HttpAnswer): string | undefined {
  if (isHtml(answer)) return undefined;
  const body = parseJson(answer.text);
  const found = typeof body === 'string' ? body : messageField(body);
  const words = (found ?? (body === undefined ? answer.text : '')).replace(VISMA_ID, '').trim();
  return words === '' ? undefined : words.slice(0, MAX_MESSAGE);
}

function messageField(body: unknown): string | undefined {
  const parsed = record.safeParse(body);
  if (!parsed.success) return undefined;
  const fields = new Map(Object.entries(parsed.data).map(([name, value]) => [name.toLowerCase(), value]));
  const words = MESSAGE_FIELDS.map((name) => fields.get(name));
  return words.find((value): value is string => typeof value === 'string' && value.trim() !== '');
}

const actionSchema = z.object({ actionResult: z.enum(['Done', 'Queued', 'InProcess', 'Failed']) });

/** What an action (release, reverse) says became of it: it can answer 200 and still have failed, or not have begun. */
export function actionResultOf(answer: HttpAnswer): 'Done' | 'Queued' | 'InProcess' | 'Failed' | undefined {
  return actionSchema.safeParse(parseJson(answer.text)).data?.actionResult;
}

/** `W/"AAAA="` and `"AAAA="` are the `timeStamp` `AAAA=` of the body. */
export function etagOf(answer: HttpAnswer): string | undefined {
  const { etag } = answer.headers;
  return etag?.replace(/^W\//, '').replace(/^"(.*)"$/, '$1');
}
