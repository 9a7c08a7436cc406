using QualityIngest.Database;
using QualityIngest.Domain.Conversations.Erasure;

namespace QualityIngest.Domain.Ingest;

/// <summary>
/// Which rows are of conversations that were erased, told by their external ids. A row that has a stream needs none of this:
/// the stream says so.
/// </summary>
public static class ErasedIdentities
{
    /// <summary>
    /// Those of the external ids under which nothing is stored. Until the caller's transaction ends, no conversation of the
    /// tenant is erased; so conversations are locked before this, and nothing long is done behind it.
    /// </summary>
    public static async Task<IReadOnlySet<string>> Among(
        PipelineSession session, string @namespace, IEnumerable<string?> externalIds, CancellationToken cancel)
    {
        var names = externalIds.OfType<string>().Where(id => id.Length > 0).Distinct()
            .ToDictionary(id => Ids.Conversation(session.Tenant, @namespace, "", id));
        if (names.Count == 0)
            return new HashSet<string>();
        await session.Execute(ErasedRow.Turn(session.Tenant, alone: false), cancel);
        var erased = await session.Query(
            new Statement(
                """
                select n.name
                from (select $1 as tenant_id, name from unnest($2::uuid[]) as n (name) offset 0) n -- see docs/decisions
                where exists (
                        select from erased_conversations e
                        where e.tenant_id = n.tenant_id and e.id = n.name and not e.lifted offset 0)
                   or exists (
                        select from erased_conversations e
                        where e.tenant_id = n.tenant_id and e.name = n.name and not e.lifted offset 0)
                """,
                session.Tenant, names.Keys.ToArray()),
            row => names[row.GetGuid(0)], cancel);
        return erased.ToHashSet();
    }

    /// <summary>Deletes what an import holds of conversations that were erased while it was grouped, which takes long.</summary>
    public static Task Drop(PipelineSession session, Guid import, CancellationToken cancel) => session.ExecuteLong(
        [
            ErasedRow.Turn(session.Tenant, alone: false),
            new Statement(
                """
                delete from feed_parts where ctid = any(array(
                    select p.ctid
                    from (
                        select $1 as tenant_id, id from erased_conversations where tenant_id = $1 and not lifted
                        union
                        select $1, name from erased_conversations where tenant_id = $1 and not lifted and name is not null
                        offset 0) e -- see docs/decisions
                    cross join lateral (
                        select ctid from feed_parts
                        where tenant_id = e.tenant_id and import_id = $2 and conversation_id = e.id
                        offset 0) p))
                """,
                session.Tenant, import),
        ], cancel);
}
