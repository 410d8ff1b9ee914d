-- Who has spent the calls of a window: `{"post acme/vendors-in": 12}`, class and flow, or class and what else asked.
alter table quota add column spent_by jsonb not null default '{}';
