-- One hash over everything that was recorded up to a moment. Its row and its event are for finding it again; what proves
-- something is the hash where it was written outside.
create table anchor (
  id            uuid primary key,
  covers_until  timestamptz not null unique,
  hash          bytea not null,
  subjects      bigint not null,
  event_count   integer not null,
  event_head    bytea not null
);
grant select, insert on anchor to ml_connector_worker;
