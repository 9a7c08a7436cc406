create schema library;

create function library.tenant() returns text language sql stable as $$ select nullif(current_setting('qi.tenant', true), '') $$;

create table library.authors (
    id        uuid primary key,
    tenant_id text not null,
    name      text not null,
    country   text
);
create index authors_by_name on library.authors (tenant_id, name, id);

create table library.books (
    id           uuid primary key,
    tenant_id    text not null,
    author_id    uuid references library.authors,
    sequel_id    uuid,
    title        text collate "C" not null,
    state        text not null check (state in ('on_shelf', 'lent', 'lost', 'withdrawn')),
    added_at     timestamptz not null,
    published    date,
    signed       boolean,
    price        numeric,
    rating       double precision,
    copies       bigint not null,
    isbn         uuid,
    notes        json,
    tags         text[] not null default '{}',
    history      text[] not null default '{}',
    pages        integer,
    sheets_per_mm double precision,
    lines        json
);
create index books_by_age on library.books (tenant_id, added_at, id);
create index books_by_title on library.books (tenant_id, title, id);
create index books_by_rating on library.books (tenant_id, rating, added_at, id);
create index books_by_state on library.books (tenant_id, state, added_at, id);
create index books_by_author on library.books (tenant_id, author_id, added_at, id);

create table library.no_lines (n bigint, part text, text text);

alter table library.authors enable row level security;
alter table library.books enable row level security;
create policy own on library.authors to qi_request using (tenant_id = library.tenant());
create policy own on library.books to qi_request using (tenant_id = library.tenant());
grant usage on schema library to qi_request;
grant select on library.authors, library.books, library.no_lines to qi_request;

create function library.find_books(words text) returns setof uuid language sql stable security definer set search_path = pg_catalog as $$
    select id from library.books where tenant_id = library.tenant() and strpos(lower(lines::text), lower(words)) > 0
$$;

insert into library.authors (id, tenant_id, name, country)
select ('a0000000-0000-0000-0000-00000000000' || n)::uuid, tenant, name, country
from (values
    (1, 'acme', 'Ada Ärlig', 'SE'),
    (2, 'acme', E'Bo "B" O''Brien \\ \t', null),
    (3, 'acme', E'😀 Çelik', 'TR'),
    (4, 'acme', 'Dora', 'SE'),
    (5, 'other', 'Ada Ärlig', 'SE')) as a(n, tenant, name, country);

-- Twelve books that are seen: times and ratings have ties, ratings have nulls. One is withdrawn, one is somebody else's.
insert into library.books
    (id, tenant_id, author_id, sequel_id, title, state, added_at, published, signed, price, rating, copies, isbn, notes, tags, history, pages, sheets_per_mm, lines)
select ('b0000000-0000-0000-0000-0000000000' || lpad(n::text, 2, '0'))::uuid, tenant,
    ('a0000000-0000-0000-0000-00000000000' || author)::uuid, ('b0000000-0000-0000-0000-0000000000' || lpad(sequel::text, 2, '0'))::uuid,
    title, state, added::timestamptz, published::date, signed, price, rating, copies, null, notes::json, tags, history, pages, sheets, lines::json
from (values
    (1, 'acme', 1, 2, 'Alpha', 'on_shelf', '2024-01-01T10:00:00Z', '2001-02-03', true, 12.50, 4.5, 3, '{"b": 1, "a": [1.50]}', '{red,"with, comma"}'::text[], '{lent,on_shelf}'::text[], 100, 10,
        '[{"part":"title","text":"Alpha"},{"part":"body","text":"It RAINS."},{"part":"body","text":"It stops. \"So\" 😀"}]'),
    (2, 'acme', 1, null, 'Alpha II', 'lent', '2024-01-01T10:00:00Z', null, false, 99999999999999999999.99, 4.5, 1, null, '{}', '{}', 200, 0, '[{"part":"body","text":"rains again"}]'),
    (3, 'acme', 2, null, 'Alp', 'lost', '2024-01-02T10:00:00.123456Z', '1999-12-31', null, null, null, 0, null, '{}', '{}', null, null, null),
    (4, 'acme', 2, 5, E'O''Hara "x" \\ 😀', 'on_shelf', '2024-02-01T00:30:00Z', '2010-01-01', null, 0, 3, 9007199254740993, '"text"', '{"\"q\""}', '{lost}', 50, 5, '[]'),
    (5, 'acme', null, null, 'Beta', 'on_shelf', '2024-02-01T00:30:00Z', null, true, 1, null, 2, 'null', '{}', '{}', 51, null, null),
    (6, 'acme', 3, null, 'Gamma', 'lent', '2024-03-31T00:30:00Z', null, null, 1, 'NaN', 2, null, '{}', '{}', null, 3, null),
    (7, 'acme', 3, null, 'Delta', 'lent', '2024-10-27T00:30:00Z', null, null, 1, 'Infinity', 2, null, '{}', '{}', 10, 3, null),
    (8, 'acme', 3, null, 'Epsilon', 'on_shelf', '2024-10-27T01:30:00Z', null, null, 1, 1, 2, null, '{}', '{}', 20, 3, null),
    (9, 'acme', 4, null, 'Zeta', 'on_shelf', '2024-10-27T02:30:00Z', null, false, 1, 2, 2, null, '{}', '{}', 30, 3, null),
    (10, 'acme', 4, null, 'Eta', 'on_shelf', '2024-12-31T23:30:00Z', null, false, 1, null, 2, null, '{}', '{}', 40, 3, null),
    (11, 'acme', 4, null, 'Theta', 'lost', '2024-12-31T23:30:00Z', null, false, 1, 2, 2, null, '{}', '{}', 60, 3, null),
    (12, 'acme', null, null, 'Iota', 'on_shelf', '2025-01-01T00:00:00Z', null, false, 1, -1e300, 9223372036854775807, null, '{}', '{}', 70, 3, null),
    (13, 'acme', 1, null, 'Gone', 'withdrawn', '2024-01-01T10:00:00Z', null, null, 1, 4.5, 3, null, '{}', '{}', 1, 1, null),
    (14, 'other', 5, null, 'Alpha', 'on_shelf', '2024-01-01T10:00:00Z', null, null, 1, 4.5, 3, null, '{}', '{}', 1, 1, null))
    as b(n, tenant, author, sequel, title, state, added, published, signed, price, rating, copies, notes, tags, history, pages, sheets, lines);
