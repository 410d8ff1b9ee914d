-- What is wrong now and what was told of it. An alert is open while its cause is seen; one of a kind, subject and code at a time.
create table alert (
  id           uuid primary key,
  kind         text not null,
  subject      text not null,
  code         text not null,
  summary      text not null,
  next         text not null,
  count        integer not null,
  opened_at    timestamptz not null,
  -- When it was last told, and how many there were then.
  told_at      timestamptz not null,
  told_count   integer not null,
  -- Since when its cause is not seen any more; after some minutes it closes.
  gone_since   timestamptz,
  closed_at    timestamptz
);
create unique index alert_open on alert (kind, subject, code) where closed_at is null;

-- One thing to tell to one sink, written with what it tells of.
create table alert_notice (
  id           uuid primary key,
  alert_id     uuid not null references alert,
  sink         text not null check (sink in ('log', 'webhook')),
  body         jsonb not null,
  created_at   timestamptz not null,
  claimed_at   timestamptz,
  sent_at      timestamptz
);
create index alert_notice_waiting on alert_notice (created_at) where sent_at is null;

-- When the next run of a flow should have begun, as of the last one that ended.
create table schedule_watch (
  flow         text primary key,
  config_hash  text not null,
  last_run_at  timestamptz,
  expected_at  timestamptz not null
);

-- Whether a flow got anything in a span of time.
create index document_by_time on document (flow, created_at);

grant select, insert, update, delete on alert, alert_notice, schedule_watch to ml_connector_worker;
