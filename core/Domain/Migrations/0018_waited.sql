-- Whether the current revision has waited for somebody, which says nothing of the pipeline's speed.
alter table conversations add column waited boolean not null default false;
update conversations set waited = true where status = 'held';
