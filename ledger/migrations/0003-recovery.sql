-- The ledger was restored from a copy that does not know what was sent after `since`: until an operator ends it, every first
-- send looks first. At most one row.
create table recovery (
  only_one     boolean primary key default true check (only_one),
  since        timestamptz not null,
  declared_by  text not null,
  declared_at  timestamptz not null default now()
);
grant select, insert, update, delete on recovery to ml_connector_worker;
