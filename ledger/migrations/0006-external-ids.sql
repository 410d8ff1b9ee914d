-- A document is found by the number the other system has given it.
create index document_by_external_id on document (external_id) where external_id is not null;
