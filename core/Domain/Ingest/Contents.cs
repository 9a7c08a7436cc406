using System.Text;
using QualityIngest.Database;

namespace QualityIngest.Domain.Ingest;

/// <summary>Writes what the events do not carry.</summary>
public static class Contents
{
    /// <summary>What was said, of a row <c>c</c>: the text as it was written, or as an earlier version of the product kept it.</summary>
    public const string Transcript = "coalesce(c.transcript_json, c.transcript::json)";

    /// <summary>Adds the rows of new revisions, in id order, so that concurrent batches wait for each other in one order.</summary>
    public static async Task Add(PipelineSession session, IReadOnlyList<RevisionContent> contents, CancellationToken cancel)
    {
        if (contents is [])
            return;
        List<RevisionContent> ordered = [.. contents.OrderBy(c => c.Conversation).ThenBy(c => c.Revision)];
        await session.Execute(
            new Statement(
                """
                insert into conversation_contents (tenant_id, conversation_id, revision, parsed, transcript_json, members)
                select $1, c.*
                from unnest($2::uuid[], $3::integer[], $4::jsonb[], $5::json[], $6::json[]) as c
                on conflict do nothing
                """,
                session.Tenant,
                ordered.Select(c => c.Conversation).ToArray(),
                ordered.Select(c => c.Revision).ToArray(),
                Statement.JsonArray(ordered.Select(c => DomainJson.Write(c.Row))),
                Statement.JsonTextArray(ordered.Select(c => c.Transcript)),
                Statement.JsonTextArray(ordered.Select(c => c.Row.Members is { } members ? Encoding.UTF8.GetBytes(members) : null))),
            cancel);
    }

    /// <summary>Adds the transcripts of revisions.</summary>
    public static async Task AddTranscripts(
        PipelineSession session, IReadOnlyList<(Guid Conversation, int Revision, string Transcript)> transcripts, CancellationToken cancel)
    {
        if (transcripts is [])
            return;
        await session.Execute(
            new Statement(
                """
                update conversation_contents c set transcript_json = t.transcript
                from (
                    select $1 as tenant_id, id, revision, transcript
                    from unnest($2::uuid[], $3::integer[], $4::json[]) as t (id, revision, transcript)
                    offset 0 -- see docs/decisions
                ) t
                where c.tenant_id = t.tenant_id and c.conversation_id = t.id and c.revision = t.revision
                """,
                session.Tenant,
                transcripts.Select(t => t.Conversation).ToArray(),
                transcripts.Select(t => t.Revision).ToArray(),
                Statement.JsonTextArray(transcripts.Select(t => Encoding.UTF8.GetBytes(t.Transcript)))),
            cancel);
    }
}
