import fc from 'fast-check';
import { z } from 'zod';
import type { Carried, Form } from '../../../mappings/edi/codec.ts';

type Json = z.core.JSONSchema.JSONSchema;

interface Fields {
  readonly forms: ReadonlyMap<string, Form>;
  /** Fields that the set asks for though the schema does not. */
  readonly musts: readonly string[];
}

/** Documents that hold what a map carries, at its full lengths, and nothing else: their shape is that of the schema. */
export function documentsOf<D>(
  schema: z.ZodType<D>,
  carries: readonly Carried[],
  musts: readonly string[] = [],
): fc.Arbitrary<D> {
  const forms = new Map(carries.map(({ path, form }) => [path, form]));
  return objects(z.toJSONSchema(schema, { unrepresentable: 'any' }), '', { forms, musts }) as fc.Arbitrary<D>;
}

/** An SSCC with the last digit that it needs. */
export function checked(sscc: string): string {
  const sum = [...sscc.slice(0, 17)].reduce((all, digit, index) => all + Number(digit) * (index % 2 === 0 ? 3 : 1), 0);
  return `${sscc.slice(0, 17)}${(10 - (sum % 10)) % 10}`;
}

/** The fields of a document that are carried. */
export function carriedPart(document: unknown, carries: readonly Carried[], at = ''): unknown {
  if (typeof document === 'string') return document;
  if (Array.isArray(document)) return document.map((item) => carriedPart(item, carries, at));
  const entries = Object.entries(document as object).flatMap(([name, value]) => {
    const path = at === '' ? name : `${at}.${name}`;
    const isCarried = carries.some((one) => one.path === path || one.path.startsWith(`${path}.`));
    return isCarried ? [[name, carriedPart(value, carries, path)]] : [];
  });
  return Object.fromEntries(entries);
}

function valuesAt(schema: Json, path: string, fields: Fields): fc.Arbitrary<unknown> {
  const { forms } = fields;
  const form = forms.get(path);
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.type === 'array') {
    const items = schema.items as Json;
    const [least, most] = [schema.minItems ?? 0, form?.kind === 'list' ? form.most : textsBelow(path, forms)];
    const item = items.type === 'string' ? ofForm(forms.get(`${path}.0`)) : objects(items, path, fields);
    return fc.array(item, { minLength: least, maxLength: Math.min(most, 4), size: 'max' });
  }
  if (schema.type === 'object' || schema.oneOf !== undefined) return objects(schema, path, fields);
  return ofForm(form);
}

function objects(schema: Json, path: string, fields: Fields): fc.Arbitrary<unknown> {
  const below = (name: string) => (path === '' ? name : `${path}.${name}`);
  const isCarried = (name: string) =>
    [...forms.keys()].some((one) => one === below(name) || one.startsWith(`${below(name)}.`));
  const { forms, musts } = fields;
  const required = [
    ...(schema.required ?? []),
    ...Object.keys(schema.properties ?? {}).filter((name) => musts.includes(below(name))),
  ];
  const members = Object.entries(schema.properties ?? {}).filter(
    ([name]) => isCarried(name) || required.includes(name),
  );
  const shape = Object.fromEntries(members.map(([name, one]) => [name, valuesAt(one as Json, below(name), fields)]));
  return fc
    .record(shape, { requiredKeys: required })
    .filter((value) => path === '' || Object.keys(value).length > 0)
    .map(sound);
}

/** What the schema alone does not say: a GTIN has its digits, a basis goes with a price, a unit with a weight. */
function sound(value: Readonly<Record<string, unknown>>): object {
  if (value.scheme === 'gtin') return { ...value, value: '7080000000018' };
  const { priceBasis, weightUnit, ...rest } = value;
  return {
    ...rest,
    ...(rest.unitPrice === undefined || priceBasis === undefined ? {} : { priceBasis }),
    ...(rest.grossWeight === undefined || weightUnit === undefined ? {} : { weightUnit }),
  };
}

function textsBelow(path: string, forms: ReadonlyMap<string, Form>): number {
  return [...forms.keys()].filter((one) => one.startsWith(`${path}.`)).length;
}

const LETTERS = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyzÆØÅæøåé0123456789 .,-'()&/?+"];

function ofForm(form: Form | undefined): fc.Arbitrary<string> {
  if (form === undefined) throw new Error('A field that the schema requires is not carried.');
  if (form.kind === 'code') return fc.constantFrom(...form.values);
  if (form.kind === 'pattern') return fc.stringMatching(form.pattern);
  if (form.kind === 'day')
    return fc.date({ min: new Date('1990-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }).map(isoDay);
  if (form.kind === 'decimal') return decimals(form);
  if (form.kind === 'time') return fc.tuple(fc.nat(23), fc.nat(59)).map((parts) => parts.map(two).join(':'));
  const length = form.kind === 'text' ? form.length : 0;
  return fc
    .string({ unit: fc.constantFrom(...LETTERS), minLength: 1, maxLength: length, size: 'max' })
    .map((text) => text.trim())
    .filter((text) => text !== '');
}

/** In the form of our decimals: no zeros at the end, no minus before zero. */
function decimals({ digits, decimals, sign }: Extract<Form, { kind: 'decimal' }>): fc.Arbitrary<string> {
  const whole = fc.bigInt({ min: 0n, max: 10n ** BigInt(digits - decimals) - 1n });
  const part = fc.integer({ min: 0, max: 10 ** decimals - 1 });
  return fc.tuple(whole, part, fc.boolean()).map(([units, fraction, isNegative]) => {
    const tail = String(fraction).padStart(decimals, '0').replace(/0+$/, '');
    const amount = tail === '' ? String(units) : `${units}.${tail}`;
    return isNegative && sign === 'any' && amount !== '0' ? `-${amount}` : amount;
  });
}

function isoDay(date: Date): string {
  return date.toISOString().slice(0, 10);
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
