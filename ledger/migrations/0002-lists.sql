-- Lists of documents come from an index, the newest first, whatever they are asked for: the cost of a page does not depend
-- on how many documents there are.
drop index document_by_arrival;
create index document_by_arrival on document (created_at desc, ordinal desc);
-- State, flow and kind are few: each combination is one range of this index, in the order of arrival.
drop index document_by_state;
create index document_by_drawer on document (state, flow, kind, created_at desc, ordinal desc);
drop index document_by_batch;
create index document_by_batch on document (batch_id, created_at desc, ordinal desc);
create index document_by_code on document ((failure ->> 'code')) where failure is not null;
create index document_by_failure_type on document ((failure ->> 'type')) where failure is not null;
