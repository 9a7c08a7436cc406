-- The scheduler makes and keeps its own tables in here.
create schema if not exists quartz;
