-- A body that was forgotten keeps its row, with its size and its hash; only its chunks are gone.
alter table body add column forgotten_at timestamptz;
-- What may still have to be forgotten, oldest first: ids of documents begin with the time they were made.
create index body_kept on body (document_id) where forgotten_at is null;
