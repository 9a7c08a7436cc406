-- What connectors were last found to be, so that it is told once: when they change, not as long as it lasts.

alter table connectors
    -- Whether the last test of the stored connector failed.
    add column test_failed boolean not null default false,
    -- Since when it is known that no scan ends; null: scans do, or nobody waits for any.
    add column stale_at timestamptz;
