import { type RawBuilder, sql } from 'kysely';
import type { DocumentState } from '../schema.ts';

/** Every condition given must hold. An empty list of states means any; an empty list of flows means none. */
export interface DocumentFilter {
  readonly flows?: readonly string[] | undefined;
  readonly states?: readonly DocumentState[];
  /** In any letter case. */
  readonly kind?: string | undefined;
  /** A business reference's value in any letter case, the number the target gave it, or the token of a write. */
  readonly reference?: string | undefined;
  /** The name of a file it came in or went out in, in any letter case. */
  readonly file?: string | undefined;
  /** The code of the failure: its own, or that of the outbound file it is a member of. */
  readonly code?: string | undefined;
  /** The type of the failure, likewise. */
  readonly failureType?: string | undefined;
  readonly batch?: string | undefined;
  /** Arrived then or later. */
  readonly since?: Date | undefined;
  /** Arrived then or before. */
  readonly until?: Date | undefined;
}

/** The conditions on a row `document`, beside its drawer and what names it. */
export function conditionsOf({ batch, since, until }: DocumentFilter): RawBuilder<boolean> {
  const conditions = [sql`true`];
  if (batch !== undefined) conditions.push(sql`document.batch_id = ${batch}`);
  if (since !== undefined) conditions.push(sql`document.created_at >= ${since}`);
  if (until !== undefined) conditions.push(sql`document.created_at <= ${until}`);
  return sql<boolean>`${sql.join(conditions, sql` and `)}`;
}

/**
 * The documents to look through, as a table: all of them, or those that a filter names. Named ones are taken one by one, by
 * their ids (`offset 0` leaves no other way): they are few.
 */
export function documentTable(filter: DocumentFilter): RawBuilder<unknown> {
  const named = namedBy(filter);
  if (named.length === 0) return sql`document`;
  return sql`(
    select document.* from (${sql.join(named, sql` intersect `)}) as named
    cross join lateral (select * from document where document.id = named.id offset 0) as document) as document`;
}

/** Queries for ids, without repetitions, one for each thing that names documents. */
function namedBy({ reference, file, code, failureType }: DocumentFilter): readonly RawBuilder<unknown>[] {
  const queries: RawBuilder<unknown>[] = [];
  if (reference !== undefined) queries.push(knownAs(reference));
  if (file !== undefined) queries.push(inFile(file));
  if (code !== undefined) queries.push(failedWith('code', code));
  if (failureType !== undefined) queries.push(failedWith('type', failureType));
  return queries.map((query) => sql`(${query})`);
}

function knownAs(reference: string): RawBuilder<unknown> {
  return sql`
    select document_id as id from document_reference where lower(value) = lower(${reference}) union
    select id from document where external_id = ${reference} union
    select document_id from intent where token = upper(${reference})`;
}

/** Records say which file they came in; members of an outbound file are found through it. */
function inFile(name: string): RawBuilder<unknown> {
  const named = sql`select document_id as id from document_reference where name = 'file' and lower(value) = lower(${name})`;
  return sql`${named} union ${membersOf(named)}`;
}

function failedWith(field: 'code' | 'type', value: string): RawBuilder<unknown> {
  const failed = sql`select id from document where failure is not null and failure ->> ${sql.lit(field)} = ${value}`;
  return sql`${failed} union ${membersOf(failed)} where member.failure is null`;
}

/** Likewise file by file. */
function membersOf(files: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`select member.id from (${files}) as file cross join lateral (
    select id, failure from document where member_of = file.id offset 0) as member`;
}

/** Whether few documents can match, so that they are found by what names them instead of drawer by drawer. */
export function isNarrow(filter: DocumentFilter): boolean {
  return filter.batch !== undefined || namedBy(filter).length > 0;
}
