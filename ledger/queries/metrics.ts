import { sql } from 'kysely';
import type { Ledger } from '../database.ts';

/** What a scrape of metrics takes from the ledger; ages are in seconds. */
export interface LedgerMetrics {
  readonly documents: readonly { readonly flow: string; readonly state: string; readonly count: number }[];
  readonly undelivered: readonly { readonly flow: string; readonly age: number }[];
  readonly quotas: readonly { readonly bucket: string; readonly limit: number; readonly left: number }[];
  readonly cursors: readonly { readonly flow: string; readonly age: number }[];
  /** Since the last run of each applied flow that ended; none for one that never ran. */
  readonly runs: readonly { readonly flow: string; readonly age: number }[];
  readonly writes: readonly { readonly target: string; readonly open: number; readonly attempts: number }[];
  readonly alerts: readonly { readonly kind: string; readonly count: number }[];
}

/** Everything in one statement, whose parts are answered from indexes. Counting the documents costs most, and grows with them. */
export async function ledgerMetrics({ db }: Ledger): Promise<LedgerMetrics> {
  const { rows } = await sql<LedgerMetrics>`
    select
      (select coalesce(json_agg(found), '[]') from (
        select flow, state, count(*) as count from document group by state, flow) found) as documents,
      (select coalesce(json_agg(found), '[]') from (
        select flow, extract(epoch from now() - min(created_at)) as age from document
        where state in ('received', 'transformed', 'posted') group by flow) found) as undelivered,
      (select coalesce(json_agg(found), '[]') from (
        select bucket, call_limit as limit,
          case when window_ends_at <= now() then call_limit else greatest(0, call_limit - used) end as left
        from quota) found) as quotas,
      (select coalesce(json_agg(found), '[]') from (
        select flow, extract(epoch from now() - updated_at) as age from cursor) found) as cursors,
      (select coalesce(json_agg(found), '[]') from (
        select flow, extract(epoch from now() - last.closed_at) as age
        from integration join config_version version on version.hash = integration.config_hash
          cross join lateral jsonb_object_keys(version.body -> 'flows') short
          cross join lateral (select integration.name || '/' || short as flow) named
          cross join lateral (select closed_at from batch where batch.flow = named.flow and state <> 'open'
            order by opened_at desc limit 1) last) found) as runs,
      (select coalesce(json_agg(found), '[]') from (
        select target, count(*) as open, max(attempt) as attempts from intent
        where state in ('staged', 'sent', 'uncertain') group by target) found) as writes,
      (select coalesce(json_agg(found), '[]') from (
        select kind, count(*) as count from alert where closed_at is null and gone_since is null group by kind) found) as alerts`.execute(
    db,
  );
  const [row] = rows;
  if (!row) throw new Error('The database answered a count with nothing');
  return row;
}
