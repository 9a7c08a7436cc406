-- One canary for every key that ever sealed something here: a node that cannot open them all refuses to start.
create table secret_keys (
    id         bytea primary key check (length(id) = 8),
    canary     bytea not null,
    created_at timestamptz not null default now()
);
