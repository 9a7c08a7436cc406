-- Takes rows as the agents they are about, and tells for each line what became of it. The caller holds the directory's lock,
-- so no agent changes between the reading and the writing. E-mails and external ids are distinct among the rows.
with row as (
    select * from unnest($2::bigint[], $3::uuid[], $4::text[], $5::text[], $6::text[]) as r (line, new_id, name, email, external_id)
),
found as (
    select row.*, coalesce(by_email.id, by_external_id.id) as id, coalesce(by_email.id <> by_external_id.id, false) as ambiguous
    from row
    left join agents by_email on by_email.tenant_id = $1 and by_email.email = row.email
    left join agents by_external_id on by_external_id.tenant_id = $1 and by_external_id.external_id = row.external_id
),
judged as (
    select
        found.*,
        agents.name is distinct from found.name
            or agents.email is distinct from coalesce(found.email, agents.email)
            or agents.external_id is distinct from coalesce(found.external_id, agents.external_id) as differs,
        case
            when found.ambiguous then 'ambiguous'
            when found.id is null then 'created'
            when row_number() over (partition by found.id, found.ambiguous order by found.line) > 1 then 'repeated'
        end as verdict
    from found left join agents on agents.id = found.id
),
updated as (
    update agents
    set name = judged.name,
        email = coalesce(judged.email, agents.email),
        external_id = coalesce(judged.external_id, agents.external_id),
        version = agents.version + 1,
        updated_at = now()
    from judged
    where agents.id = judged.id and judged.verdict is null and judged.differs
),
created as (
    insert into agents (id, tenant_id, name, email, external_id)
    select new_id, $1, name, email, external_id from judged where verdict = 'created'
)
select line, coalesce(verdict, case when differs then 'updated' else 'unchanged' end) from judged
