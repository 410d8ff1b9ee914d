import { z } from 'zod';
import { textSchema } from './values.ts';

const party = z.strictObject({ qualifier: textSchema, id: textSchema });

/** Letters that the partner's side cannot take are written as near ones, replaced by a full stop, or refused. */
const missing = z.enum(['transliterate', 'replace', 'refuse']).default('transliterate');
const letters = z.enum(['one', 'two']).default('one');
const lineBreak = z
  .enum(['none', 'lf', 'crlf'])
  .default('none')
  .transform((name) => ({ none: '', lf: '\n', crlf: '\r\n' })[name]);

const edifactRelease = z
  .string()
  .regex(/^[A-Z]:[0-9A-Z]{2,3}:[A-Z]{2}(:[A-Z0-9]{1,6})?$/, 'must be a release such as D:96A:UN or D:96A:UN:EAN008');

/** What an X12 interchange to the partner looks like. */
export const x12EnvelopeSchema = z.strictObject({
  sender: party,
  receiver: party,
  /** GS02 and GS03; the ids of ISA when left out. */
  group: z.strictObject({ sender: textSchema, receiver: textSchema }).optional(),
  /** ISA12. */
  version: z
    .string()
    .regex(/^00[2-8]\d\d$/, 'must be an interchange version such as 00401')
    .default('00401'),
  /** GS08. */
  release: z
    .string()
    .regex(/^\d{6}[A-Z0-9]{0,6}$/, 'must be a release such as 004010')
    .default('004010'),
  usage: z.enum(['P', 'T', 'I']).default('P'),
  acknowledgment: z.enum(['wanted', 'not-wanted']).default('not-wanted'),
  characters: z.enum(['x12-basic', 'x12-extended', 'x12-utf-8', 'x12-iso-8859-1']).default('x12-extended'),
  missing,
  letters,
  lineBreak,
  timeZone: z.string().default('UTC'),
  /** GS06 and ST02 are padded with zeros to so many digits. */
  groupControlDigits: z.int().min(1).max(9).default(1),
  setControlDigits: z.int().min(4).max(9).default(4),
});

/** What an EDIFACT interchange to the partner looks like. */
export const edifactEnvelopeSchema = z.strictObject({
  sender: party,
  receiver: party,
  syntaxVersion: z.enum(['1', '2', '3', '4']).default('3'),
  characters: z.enum(['UNOA', 'UNOB', 'UNOC', 'UNOY']).default('UNOC'),
  missing,
  letters,
  una: z.enum(['written', 'left-out']).default('written'),
  usage: z.enum(['production', 'test']).default('production'),
  acknowledgment: z.enum(['wanted', 'not-wanted']).default('not-wanted'),
  /** What UNH names beside the message: `D:96A:UN`, by message `ORDERS: D:96A:UN:EAN008`. */
  release: edifactRelease.default('D:96A:UN'),
  messages: z.record(z.string(), edifactRelease).default({}),
  lineBreak,
  timeZone: z.string().default('UTC'),
});

export type X12Envelope = z.infer<typeof x12EnvelopeSchema>;
export type EdifactEnvelope = z.infer<typeof edifactEnvelopeSchema>;
