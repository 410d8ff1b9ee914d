import { z } from 'zod';
import { ENTITIES, entityNamed } from './entities.ts';
import type { Entity } from './entity.ts';
import { type JsonObject, merged } from './json.ts';
import { REFERENCE_KINDS, type Reference, type ReferenceKind, referenceOf } from './references.ts';
import { parseWall } from './server-clock.ts';
import type { World } from './world.ts';

const recordSchema = z.record(z.string(), z.json());
const wallSchema = z
  .string()
  .refine((text) => parseWall(text) !== undefined, 'is not a server time such as 2026-03-20T06:35:22.153');

const rowsSchema = z.union([
  z.array(recordSchema),
  z.strictObject({
    count: z.number().int().nonnegative(),
    prefix: z.string().default(''),
    start: z.number().int().default(1),
    /** Laid over each generated record. */
    template: recordSchema.default({}),
  }),
]);

const referenceSchema = z.array(z.union([z.string(), z.object({ id: z.string(), description: z.string() })]));

/** The body of POST /_sandbox/seed: records in read form, or a generator, per entity. */
export const seedSchema = z.strictObject({
  suppliers: rowsSchema.optional(),
  supplierInvoices: rowsSchema.optional(),
  supplierPayments: rowsSchema.optional(),
  purchaseOrders: rowsSchema.optional(),
  purchaseReceipts: rowsSchema.optional(),
  customers: rowsSchema.optional(),
  customerInvoices: rowsSchema.optional(),
  customerCreditNotes: rowsSchema.optional(),
  customerDebitNotes: rowsSchema.optional(),
  accounts: rowsSchema.optional(),
  subaccounts: rowsSchema.optional(),
  dimensions: rowsSchema.optional(),
  journals: rowsSchema.optional(),
  cashTransactions: rowsSchema.optional(),
  budgets: rowsSchema.optional(),
  financialPeriods: rowsSchema.optional(),
  branches: rowsSchema.optional(),
  ledgers: rowsSchema.optional(),
  references: z.partialRecord(z.enum(REFERENCE_KINDS), referenceSchema).default({}),
  /** The stamp of every row of this call that brings none of its own. */
  lastModifiedDateTime: wallSchema.optional(),
});

export const touchSchema = z.strictObject({
  entity: z.string(),
  key: z.string().optional(),
  keys: z.array(z.string()).default([]),
  changes: recordSchema.default({}),
  lastModifiedDateTime: wallSchema.optional(),
});

export type SeedInput = z.input<typeof seedSchema>;
export type TouchInput = z.input<typeof touchSchema>;
type Rows = z.output<typeof rowsSchema>;

/** Puts rows in, as a bulk job does: all rows of one call share one stamp. Tells how many per entity. */
export function seed(world: World, body: z.output<typeof seedSchema>): Record<string, number> {
  for (const kind of REFERENCE_KINDS) world.references.add(kind, referencesIn(kind, body.references[kind] ?? []));
  const stamp = wallOf(body.lastModifiedDateTime) ?? world.clock.wall();
  const counts: Record<string, number> = {};
  for (const entity of ENTITIES) {
    const rows = body[entity.plural as keyof typeof body] as Rows | undefined;
    if (rows !== undefined) counts[entity.name] = seedEntity(entity, recordsIn(entity, rows), stamp, world);
  }
  return counts;
}

/** Changes records as a user of the ERP does. Throws RangeError for an unknown entity or key. */
export function touch(
  world: World,
  { entity: name, key, keys, changes, lastModifiedDateTime }: z.output<typeof touchSchema>,
): number {
  const entity = entityNamed(name);
  const table = world.table(entity.name);
  const stamp = wallOf(lastModifiedDateTime) ?? world.clock.wall();
  const all = key === undefined ? keys : [key, ...keys];
  for (const one of all) {
    const row = table.get(one);
    if (row === undefined) throw new RangeError(`There is no ${name} '${one}'.`);
    const next = merged(row.record, changes);
    table.put(row.key, entity.settle?.(next, world) ?? next, stamp);
  }
  return all.length;
}

function seedEntity(entity: Entity, records: readonly JsonObject[], stamp: number, world: World): number {
  const table = world.table(entity.name);
  for (const { lastModifiedDateTime, timeStamp: _, metadata: __, ...record } of records) {
    const key = entity.keyOf(record);
    if (key === '') throw new RangeError(`A seeded ${entity.name} has no key.`);
    const before = table.get(key);
    const next = before === undefined ? entity.complete(record, world) : merged(before.record, record);
    table.put(key, entity.settle?.(next, world) ?? next, wallOf(lastModifiedDateTime) ?? stamp);
  }
  return records.length;
}

function recordsIn(entity: Entity, rows: Rows): JsonObject[] {
  if (Array.isArray(rows)) return rows;
  const { count, prefix, start, template } = rows;
  return Array.from({ length: count }, (_, i) => merged(entity.generate(`${prefix}${start + i}`, start + i), template));
}

function referencesIn(kind: ReferenceKind, rows: readonly (string | Reference)[]): Reference[] {
  return rows.map((row) => (typeof row === 'string' ? referenceOf(kind, row) : row));
}

function wallOf(text: unknown): number | undefined {
  return typeof text === 'string' ? parseWall(text) : undefined;
}
