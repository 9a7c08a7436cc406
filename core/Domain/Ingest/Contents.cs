using System.Text;
using QualityIngest.Database;
using QualityIngest.Domain.Conversations;
using QualityIngest.Domain.Formats;

namespace QualityIngest.Domain.Ingest;

/// <summary>Writes and reads what the events do not carry.</summary>
public static class Contents
{
    /// <summary>What was said, of a row <c>c</c>: the text as it was written, or as an earlier version of the product kept it.</summary>
    public const string Transcript = "coalesce(c.transcript_json, c.transcript::json)";

    /// <summary>The rows <c>c</c> of revisions of a tenant ($1): conversations ($2), each with the number of its revision ($3).</summary>
    public const string OfRevisions = """
        from (
            select $1 as tenant_id, id, revision
            from unnest($2::uuid[], $3::integer[]) as v (id, revision)
            offset 0 -- see docs/decisions
        ) v
        join conversation_contents c on c.tenant_id = v.tenant_id and c.conversation_id = v.id and c.revision = v.revision
        """;

    /// <summary>
    /// Writes the rows of revisions that are new or have got their other side, in id order, so that concurrent batches wait
    /// for each other in one order.
    /// </summary>
    public static async Task Add(PipelineSession session, IReadOnlyCollection<RevisionContent> contents, CancellationToken cancel)
    {
        if (contents.Count == 0)
            return;
        List<RevisionContent> ordered = [.. contents.OrderBy(c => c.Conversation).ThenBy(c => c.Revision)];
        await session.Execute(
            new Statement(
                """
                insert into conversation_contents (tenant_id, conversation_id, revision, parsed, transcript_json, members)
                select $1, c.*
                from unnest($2::uuid[], $3::integer[], $4::jsonb[], $5::json[], $6::json[]) as c
                on conflict (tenant_id, conversation_id, revision) do update set parsed = excluded.parsed
                """,
                session.Tenant,
                ordered.Select(c => c.Conversation).ToArray(),
                ordered.Select(c => c.Revision).ToArray(),
                Statement.JsonArray(ordered.Select(c => DomainJson.Write(c.Row))),
                Statement.JsonTextArray(ordered.Select(c => c.Transcript)),
                Statement.JsonTextArray(ordered.Select(c => c.Row.Members is { } members ? Encoding.UTF8.GetBytes(members) : null))),
            cancel);
        await Index(session, [.. ordered.Select(c => c.Conversation)], [.. ordered.Select(c => c.Revision)], cancel);
    }

    /// <summary>The rows of the current revisions of these conversations, which the caller has locked.</summary>
    public static async Task<IReadOnlyDictionary<Guid, ParsedConversation>> Rows(
        PipelineSession session, IReadOnlyCollection<ConversationState> conversations, CancellationToken cancel)
    {
        if (conversations.Count == 0)
            return new Dictionary<Guid, ParsedConversation>();
        var rows = await session.Query(
            new Statement(
                $"select c.conversation_id, c.parsed {OfRevisions}",
                session.Tenant, conversations.Select(c => c.Id).ToArray(), conversations.Select(c => c.Revision).ToArray()),
            row => (Id: row.GetGuid(0), Row: DomainJson.Read<ParsedConversation>(row.GetString(1))), cancel);
        return rows.ToDictionary(r => r.Id, r => r.Row);
    }

    /// <summary>
    /// Writes what the material of revisions came to, in the place of what an earlier reading of it had found. Words that came
    /// with their rows stay.
    /// </summary>
    public static async Task AddMaterial(
        PipelineSession session, IReadOnlyList<(Guid Conversation, int Revision, RevisionMaterial Material)> found, CancellationToken cancel)
    {
        if (found is [])
            return;
        await session.Execute(
            new Statement(
                """
                update conversation_contents c set
                    transcript_json = case when m.worded then c.transcript_json else m.transcript end,
                    transcript = case when m.worded then c.transcript end,
                    waveform = m.waveform, media = m.media
                from (
                    select $1 as tenant_id, id, revision, transcript, waveform, media, worded
                    from unnest($2::uuid[], $3::integer[], $4::json[], $5::jsonb[], $6::jsonb[], $7::boolean[])
                        as m (id, revision, transcript, waveform, media, worded)
                    offset 0 -- see docs/decisions
                ) m
                where c.tenant_id = m.tenant_id and c.conversation_id = m.id and c.revision = m.revision
                """,
                session.Tenant,
                found.Select(f => f.Conversation).ToArray(),
                found.Select(f => f.Revision).ToArray(),
                Statement.JsonTextArray(found.Select(f => f.Material.Transcript)),
                Statement.JsonArray(found.Select(f => f.Material.Waveform)),
                Statement.JsonArray(found.Select(f => f.Material.Media)),
                found.Select(f => f.Material.KeepsTranscript).ToArray()),
            cancel);
        await Index(session, [.. found.Select(f => f.Conversation)], [.. found.Select(f => f.Revision)], cancel);
    }

    /// <summary>Makes what is stored of these revisions the text that their conversations are found by.</summary>
    internal static async Task Index(PipelineSession session, Guid[] conversations, int[] revisions, CancellationToken cancel) =>
        await session.Execute(Statement.File<RevisionContent>("Ingest/IndexContents.sql", session.Tenant, conversations, revisions), cancel);
}
