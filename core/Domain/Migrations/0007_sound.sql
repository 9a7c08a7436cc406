-- When a conversation began to wait: an operator sees how old a hold is.
alter table conversations add column held_at timestamptz;
update conversations set held_at = case when revision = 1 then received_at else updated_at end where status = 'held';

-- What recordings tell. Null where there is none, or where it cannot tell.
alter table conversations
    add column recording_ms             bigint,
    add column agent_rms_dbfs           double precision,
    add column customer_rms_dbfs        double precision,
    add column agent_peak_dbfs          double precision,
    add column customer_peak_dbfs       double precision,
    add column agent_clipped_samples    bigint,
    add column customer_clipped_samples bigint,
    add column agent_noise_floor_dbfs    double precision,
    add column customer_noise_floor_dbfs double precision,
    add column agent_talk_share         double precision,
    add column customer_talk_share      double precision;

-- The outline of a revision's sound, and where each of its recordings was found.
alter table conversation_contents
    add column waveform jsonb,
    add column media    jsonb;
