import pg from 'pg';

/** A ledger filled by script. Events have the width of real ones and no valid chain: nothing here verifies it. */
export interface Filling {
  readonly documents: number;
  readonly events: number;
  readonly newest: Date;
  /** A purchase order that four documents share, and what else some of them are found by. */
  readonly order: string;
  readonly file: string;
  readonly batch: string;
}

export const EVENTS_A_DOCUMENT = 10;
/** A file and its records, stored by one batch. */
const RECORDS_A_FILE = 200;

/**
 * The documents from $1 to $2 as a table: 199 records to a file, six flows of three integrations in turn, 77 s apart.
 * One in a hundred has failed, one in a thousand is uncertain, and a few are on their way.
 */
const NUMBERED = `
  create temp table numbered as select n, id_of(n) as id, id_of(n - n % ${RECORDS_A_FILE}) as file_id, batch_of(n) as batch_id,
    n % ${RECORDS_A_FILE} = 0 as is_file,
    (array['acme/vendors-in', 'acme/invoices-out', 'bolts/vendors-in', 'bolts/invoices-out', 'cables/orders-in',
      'cables/receipts-out'])[1 + n / ${RECORDS_A_FILE} % 6] as flow,
    case when n % 1000 = 7 then 'uncertain' when n % 100 = 3 then 'failed' when n % 500 = 11 then 'received'
      when n % 10 = 4 then 'skipped' when n % 100 = 9 then 'superseded' else 'delivered' end as state,
    arrival_of(n) as at
  from generate_series(FROM::bigint, TO::bigint - 1) as n`;

const FUNCTIONS = `
  create function arrival_of(n bigint) returns timestamptz immutable language sql
    return '2026-01-01'::timestamptz + n * interval '77 seconds';
  create function id_of(n bigint) returns uuid immutable language sql
    return (lpad(to_hex((extract(epoch from arrival_of(n)) * 1000)::bigint), 12, '0') || '7' || substr(md5(n::text), 1, 3)
      || '8' || substr(md5(n::text), 4, 15))::uuid;
  create function batch_of(n bigint) returns uuid immutable language sql
    return md5('batch' || n / ${RECORDS_A_FILE})::uuid;`;

const STATEMENTS = [
  `insert into batch (id, flow, config_hash, state, plan, workflow_id, run_id, opened_at, closed_at, event_count)
    select batch_id, flow, repeat('c', 64), 'closed', '{"files":["inbound/vendors/file.csv"]}', 'sync/' || flow || '-' || at,
      md5(n::text)::uuid, at, at + interval '4 seconds', 3 from numbered where is_file`,
  `insert into document (id, flow, kind, source_key, source_version, content_hash, state, workflow_id, config_hash,
      batch_id, parent_id, batched, member_of, origin, business, external_id, failure, created_at, updated_at, event_count,
      event_head)
    select id, flow,
      case when is_file then case when flow like '%-in' then 'InboundFile' else 'OutboundFile' end
        else case when flow like '%vendors-in' then 'Supplier' when flow like '%orders-in' then 'PurchaseOrder'
          else 'Invoice' end end,
      'key ' || n % 20000, n::text, decode(md5(n::text) || md5(n::text), 'hex'), state,
      'deliver/' || flow || '/' || n, repeat('c', 64), batch_id,
      case when flow like '%-in' and not is_file then file_id end, flow like '%-out' and not is_file,
      case when flow like '%-out' and not is_file then file_id end, '{"offset":123456,"length":240,"record":17,"line":18}',
      jsonb_build_object('purchaseOrder', 'PO-' || n / 4, 'supplier', (50000 + n % 5000)::text, 'file', 'file-'
        || n / ${RECORDS_A_FILE} || '.csv'), case when state = 'delivered' then 'V' || n end,
      case when state in ('failed', 'uncertain') then jsonb_build_object('type', 'DataInvalid', 'code',
        (array['VISMA_REFUSED', 'SUPPLIER_ROW_INVALID', 'VISMA_NOT_FOUND', 'CSV_FILE_INVALID'])[1 + n / 100 % 4],
        'message', 'Line 18, record 17: ' || repeat('the field must not be empty. ', 3), 'next', repeat('Mend it. ', 6)) end,
      at, at + interval '3 seconds', ${EVENTS_A_DOCUMENT}, decode(md5(n::text) || md5(n::text), 'hex')
    from numbered`,
  `insert into document_reference (document_id, name, value)
    select id, name, value from numbered cross join lateral (values ('purchaseOrder', 'PO-' || n / 4),
      ('supplier', (50000 + n % 5000)::text), ('file', 'file-' || n / ${RECORDS_A_FILE} || '.csv')) as reference (name, value)`,
  `insert into event (subject_id, sequence, at, step, actor, attempt, workflow_id, run_id, detail, hash)
    select id, step, at + step * interval '200 ms', 'step ' || step, 'worker:worker-7f9c4d-' || n % 8, 1,
      'deliver/' || flow || '/' || n, md5(n::text)::uuid, jsonb_build_object('canonical', md5(n::text) || md5(step::text),
        'config', 'cccccccccccc'), decode(md5(n::text) || md5(step::text), 'hex')
    from numbered cross join generate_series(1, ${EVENTS_A_DOCUMENT}) as step`,
  `insert into intent (token, document_id, target, target_key, step, state, attempt, sent_at, external_id, learned_by)
    select substr(md5(n::text), 1, 12), id, 'acme/visma', 'supplier/' || n, 'supplier', 'confirmed', 1, at, 'V' || n, 'answer'
    from numbered where not is_file`,
  `insert into body (document_id, role, key_purpose, byte_size, sha256, chunks)
    select id, 'canonical', 'events', 600, decode(md5(n::text) || md5(n::text), 'hex'), 1 from numbered`,
  `insert into body_chunk (document_id, role, position, sealed)
    select id, 'canonical', 0, decode(repeat(md5(n::text), 20), 'hex') from numbered`,
];

/** Fills a ledger that holds the documents from 0 to `from` with those up to `to`. `url` is that of the owner. */
export async function fill(url: string, from: number, to: number): Promise<Filling> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    if (from === 0) await client.query(FUNCTIONS);
    if (from === 0) await client.query(`insert into config_version values (repeat('c', 64), 'acme', '{}', 'bench')`);
    await client.query(NUMBERED.replace('FROM', String(from)).replace('TO', String(to)));
    for (const statement of STATEMENTS) await client.query(statement);
    await client.query('vacuum analyze');
    const { rows } = await client.query('select arrival_of($1::bigint) as newest, batch_of($2) as batch', [to, to / 2]);
    const middle = {
      order: `PO-${to / 8}`,
      file: `file-${to / 2 / RECORDS_A_FILE}.csv`,
      batch: String(rows[0]?.batch),
    };
    return { documents: to, events: to * EVENTS_A_DOCUMENT, newest: rows[0]?.newest, ...middle };
  } finally {
    await client.end();
  }
}
