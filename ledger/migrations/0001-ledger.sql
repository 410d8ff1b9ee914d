-- The ledger: a business document is a row here before it is anything else.
-- Roles: migrations run as the owner; workers and the command line act as ml_connector_worker, which may add events but
-- never change or remove one. A login that owns the tables can leave that role again (`set role none`): give workers one of
-- their own that is only a member of it.

create table config_version (
  hash         text primary key,
  integration  text not null,
  body         jsonb not null,
  created_by   text not null,
  created_at   timestamptz not null default now()
);

create table integration (
  name         text primary key,
  config_hash  text not null references config_version,
  applied_at   timestamptz not null default now()
);

-- The emergency brake of one flow; a flow without a row is open.
create table flow_brake (
  flow         text primary key,
  reason       text not null,
  paused_by    text not null,
  paused_at    timestamptz not null default now()
);

-- Keys that seal bodies and credentials (one a connection) and chain events ('events'), each wrapped by a master key
-- that never enters the database.
create table data_key (
  purpose      text primary key,
  wrapped      bytea not null,
  master_key   text not null,
  created_at   timestamptz not null default now()
);

create table connection (
  name           text primary key,
  secrets        bytea,
  secrets_set_at timestamptz,
  latch          text not null default 'open' check (latch in ('open', 'blocked', 'paused')),
  latch_reason   text,
  latch_at       timestamptz
);

-- One run of a flow, from reading the cursor to committing it.
create table batch (
  id            uuid primary key,
  flow          text not null,
  config_hash   text not null references config_version,
  state         text not null check (state in ('open', 'closed', 'overtaken')),
  cursor_before jsonb,
  plan          jsonb not null,
  workflow_id   text not null,
  run_id        text not null,
  opened_at     timestamptz not null default now(),
  closed_at     timestamptz,
  event_count   integer not null default 0,
  event_head    bytea
);
create index batch_by_flow on batch (flow, opened_at desc);
create unique index batch_of_run on batch (flow, workflow_id, run_id);

create table cursor (
  flow         text primary key,
  position     jsonb not null,
  batch_id     uuid not null references batch,
  updated_at   timestamptz not null default now()
);

create table document (
  id              uuid primary key,
  ordinal         bigint generated always as identity,
  flow            text not null,
  kind            text not null,
  source_key      text not null,
  source_version  text not null,
  generation      integer not null default 0,
  content_hash    bytea,
  state           text not null check (state in
    ('received', 'transformed', 'posted', 'delivered', 'failed', 'uncertain', 'skipped', 'superseded')),
  workflow_id     text not null,
  config_hash     text not null references config_version,
  batch_id        uuid references batch,
  parent_id       uuid references document,
  -- Goes out as a member of an outbound file, not by itself.
  batched         boolean not null default false,
  member_of       uuid references document,
  origin          jsonb,
  target_seen     jsonb,
  business        jsonb not null default '{}',
  external_id     text,
  failure         jsonb,
  created_at      timestamptz not null default now(),
  updated_at      timestamptz not null default now(),
  event_count     integer not null default 0,
  event_head      bytea,
  unique (flow, source_key, source_version, generation)
-- Room on the page for the next version of a row: every event moves its head.
) with (fillfactor = 80);
create index document_by_arrival on document (ordinal desc);
create index document_by_key on document (flow, source_key, ordinal desc);
create index document_by_state on document (state, flow, ordinal desc);
create index document_by_batch on document (batch_id);
create index document_by_parent on document (parent_id, ordinal);
create index document_by_file on document (member_of, ordinal) where member_of is not null;
create index document_by_content on document (flow, content_hash);
create index document_by_workflow on document (workflow_id);
create index document_unfinished on document (updated_at) where state in ('received', 'transformed', 'posted');
create index document_waiting on document (flow, ordinal) where batched and state = 'transformed' and member_of is null;

-- What people search by: purchase order, invoice or supplier number, file name, control number.
create table document_reference (
  document_id  uuid not null references document,
  name         text not null,
  value        text not null,
  primary key (document_id, name)
);
create index document_reference_by_value on document_reference (lower(value));

create table body (
  -- Deferred: the bytes of a file are stored while they arrive, before the document that claims them.
  document_id  uuid not null references document deferrable initially deferred,
  role         text not null check (role in ('original', 'canonical', 'outgoing', 'answer')),
  key_purpose  text not null references data_key,
  byte_size    bigint not null,
  sha256       bytea not null,
  chunks       integer not null,
  created_at   timestamptz not null default now(),
  primary key (document_id, role)
);

create table body_chunk (
  document_id  uuid not null,
  role         text not null,
  position     integer not null,
  sealed       bytea not null,
  primary key (document_id, role, position),
  foreign key (document_id, role) references body on delete cascade
    deferrable initially deferred
);

-- Append only. Each row carries an HMAC over the one before it for its subject (a document or a batch).
create table event (
  subject_id   uuid not null,
  sequence     integer not null,
  at           timestamptz not null,
  step         text not null,
  actor        text not null,
  attempt      integer,
  workflow_id  text,
  run_id       text,
  detail       jsonb not null,
  hash         bytea not null,
  primary key (subject_id, sequence)
);

-- One intended effect on another system, written ahead of it.
create table intent (
  token           text primary key,
  document_id     uuid not null references document,
  target          text not null,
  target_key      text not null,
  step            text not null,
  state           text not null check (state in
    ('planned', 'staged', 'sent', 'confirmed', 'rejected', 'uncertain', 'abandoned')),
  attempt         integer not null default 0,
  sent_at         timestamptz,
  send_window_ms  integer,
  request_hash    bytea,
  if_match        text,
  result_digest   text,
  repeated_answer text,
  external_id     text,
  learned_by      text check (learned_by in ('answer', 'look-up', 'inference', 'operator')),
  detail          jsonb not null default '{}',
  created_at      timestamptz not null default now(),
  updated_at      timestamptz not null default now()
);
create index intent_by_document on intent (document_id);
-- The lock per target record: while the outcome of one write is open, no other may be sent to the same record.
create unique index intent_in_flight on intent (target, target_key) where state in ('staged', 'sent', 'uncertain');

-- Every inbound file as it was seen: `seen_at` says since when it has looked so, `document_id` claims a whole one.
create table file_seen (
  flow         text not null,
  path         text not null,
  byte_size    bigint not null,
  modified_at  timestamptz not null,
  seen_at      timestamptz not null default now(),
  document_id  uuid references document,
  sha256       bytea,
  occurrence   integer,
  moved_to     text,
  primary key (flow, path)
);
create table file_content (
  flow         text not null,
  sha256       bytea not null,
  occurrences  integer not null,
  primary key (flow, sha256)
);

-- Sequences that are never reused: file names, interchange control numbers.
create table control_number (
  scope        text primary key,
  last         bigint not null
);

create table quota (
  bucket           text primary key,
  call_limit       integer not null,
  window_ms        integer not null,
  window_ends_at   timestamptz not null,
  used             integer not null default 0,
  used_by          jsonb not null default '{}',
  blocked_until    timestamptz
);
create table quota_reservation (
  bucket       text not null references quota,
  holder       text not null,
  -- Who asked first is served first, within a class and for what the classes share.
  ticket       bigint generated always as identity,
  class        text not null,
  due_at       timestamptz not null,
  primary key (bucket, holder)
);
create index quota_reservation_by_time on quota_reservation (bucket, due_at);

do $$
begin
  if not exists (select from pg_roles where rolname = 'ml_connector_worker') then
    create role ml_connector_worker nologin;
  end if;
exception
  when duplicate_object or unique_violation then null;
end
$$;
do $$
begin
  if not pg_has_role(current_user, 'ml_connector_worker', 'set') then
    grant ml_connector_worker to current_user;
  end if;
end
$$;
grant select, insert, update, delete on all tables in schema public to ml_connector_worker;
revoke update, delete, truncate on event from ml_connector_worker;
revoke delete, truncate on document, batch, intent, config_version from ml_connector_worker;
revoke insert, update, delete, truncate on migration from ml_connector_worker;
grant usage on all sequences in schema public to ml_connector_worker;
