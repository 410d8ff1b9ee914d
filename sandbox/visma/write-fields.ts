import type { FieldLengthName } from './field-lengths.ts';

/**
 * How the fields of a write body are described. Scalars and groups travel wrapped as `{"value": x}`; lines and `bare`
 * fields do not.
 */
export type Field =
  | { readonly kind: 'text'; readonly length: FieldLengthName }
  | { readonly kind: 'bareText'; readonly length: FieldLengthName }
  | { readonly kind: 'choice'; readonly values: readonly string[] }
  | { readonly kind: 'bareChoice'; readonly values: readonly string[] }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'bareBoolean' }
  | { readonly kind: 'integer' }
  | { readonly kind: 'bareInteger' }
  | { readonly kind: 'decimal' }
  | { readonly kind: 'group'; readonly fields: Fields }
  | { readonly kind: 'bareGroup'; readonly fields: Fields }
  | { readonly kind: 'lines'; readonly fields: Fields }
  /** Named by the vendor, left out here: refused in strict mode so that nobody believes it was stored. */
  | { readonly kind: 'notSimulated' };

export type Fields = Readonly<Record<string, Field>>;

export function text(length: FieldLengthName): Field {
  return { kind: 'text', length };
}

export function choice(...values: readonly string[]): Field {
  return { kind: 'choice', values };
}

export function group(fields: Fields): Field {
  return { kind: 'group', fields };
}

/** What a line of a written document asks for: `operation` is never wrapped. */
export const OPERATION: Field = { kind: 'bareChoice', values: ['Insert', 'Update', 'Delete'] };

/** `subaccount` of a written line: bare throughout. */
export const SEGMENTS: Field = {
  kind: 'lines',
  fields: { segmentId: { kind: 'bareInteger' }, segmentValue: { kind: 'bareText', length: 'segment.value' } },
};

export function lines(fields: Fields): Field {
  return { kind: 'lines', fields };
}
