using QualityIngest.Database;
using QualityIngest.Domain.Formats.Feeds;

namespace QualityIngest.Domain.Feeds.CallRecords;

/// <summary>Keeps the rows of call center data.</summary>
public sealed class CallRecordTable : IFeedTable
{
    private const string Table = "call_records";

    private static readonly FeedSchema Schema = FeedSchema.CallCenterIssues;
    private static readonly string Columns = FeedColumns.Names(Schema);

    private static readonly string CopyRows =
        $"copy {Table} ({FeedCopy.Head}, conversation_id, {Columns}) from stdin (format binary)";

    /// <inheritdoc/>
    public FeedKind Kind => FeedKind.CallCenterIssues;

    /// <inheritdoc/>
    public async Task<FeedStored> Store(
        PipelineSession session, FeedImport import, BatchFile file, IReadOnlyList<FeedRow> rows, CancellationToken cancel)
    {
        List<CallRecordRow> identified = [.. rows.Select(row => CallRecordRow.Of(session.Tenant, import.Namespace, row))];
        var decided = CallRecordDecision.Of(identified, await Stored(session, import.Id, identified, cancel));
        if (decided.Replaced is not [])
        {
            await session.Execute(
                new Statement(
                    $"delete from {Table} where tenant_id = $1 and id = any ($2) and import_id = $3", session.Tenant, decided.Replaced, import.Id),
                cancel);
        }

        await Copy(session, import, file, decided.Written, cancel);
        return new(decided.Accepted, decided.Duplicate, decided.Superseded, []);
    }

    /// <inheritdoc/>
    public Task<long> Complete(PipelineSession session, FeedImport import, CancellationToken cancel) =>
        FeedTableRows.Count(session, Table, import.Id, cancel);

    /// <inheritdoc/>
    /// <remarks>
    /// A call record makes no conversation by itself: those are left out that do not exist and of which no recording is told
    /// either. A recording that is only about to be shown counts, because whoever shows it may not see these rows yet.
    /// </remarks>
    public async Task<IReadOnlyList<FeedConversation>> Conversations(
        PipelineSession session, IReadOnlyCollection<Guid> imports, Guid after, int limit, CancellationToken cancel)
    {
        var found = new List<FeedConversation>();
        for (Guid? behind = after; behind is { } place && found.Count < limit;)
        {
            var page = await session.Query(
                Statement.File<CallRecordTable>(
                    "Feeds/CallRecords/Conversations.sql", session.Tenant, imports.ToArray(), place, Heads(imports.Count, limit), limit - found.Count),
                row => (Conversation: row.IsDBNull(0) ? null : new FeedConversation(row.GetGuid(0), row.GetString(1)), Next: row.IsDBNull(2) ? (Guid?)null : row.GetGuid(2)),
                cancel);
            found.AddRange(page.Select(row => row.Conversation).OfType<FeedConversation>());
            behind = page.Select(row => row.Next).FirstOrDefault();
        }

        return found;
    }

    /// <inheritdoc/>
    public Task<bool> Delete(PipelineSession session, Guid import, int limit, CancellationToken cancel) =>
        FeedTableRows.Delete(session, Table, import, limit, cancel);

    /// <summary>How many rows of each import are looked at together: some more than its share, for conversations that are left out.</summary>
    private static int Heads(int imports, int limit) => Math.Max(2 * limit / Math.Max(imports, 1), 16);

    private static async Task<IReadOnlyDictionary<Guid, CallRecordWords>> Stored(
        PipelineSession session, Guid import, List<CallRecordRow> rows, CancellationToken cancel)
    {
        var stored = await session.Query(
            new Statement(
                $"""
                select r.id, r.attributes, {Columns}
                from (select $1 as tenant_id, id from unnest($2::uuid[]) as wanted (id) offset 0) wanted -- see docs/decisions
                cross join lateral (
                    -- By its id alone: before a table is analyzed, the rows of the whole import look as few as those of one id.
                    select * from {Table} where tenant_id = wanted.tenant_id and id = wanted.id offset 0
                ) r
                where r.import_id = $3
                """,
                session.Tenant, rows.Select(row => row.Id).Distinct().ToArray(), import),
            row => (Id: row.GetGuid(0), Words: new CallRecordWords(FeedColumns.Read(row, 2, Schema), row.IsDBNull(1) ? null : row.GetString(1))),
            cancel);
        return stored.ToDictionary(row => row.Id, row => row.Words);
    }

    private static async Task Copy(
        PipelineSession session, FeedImport import, BatchFile file, IReadOnlyCollection<CallRecordRow> rows, CancellationToken cancel)
    {
        var lists = new FeedLists(Schema, import.Settings.Delimiters);
        await using var copy = await session.Connection.BeginBinaryImportAsync(CopyRows, cancel);
        foreach (var row in rows)
        {
            await FeedCopy.Begin(
                copy, session.Tenant, row.Id, import, file, row.Line, row.Warnings, row.Words.Attributes, lists.Of(row.Words.Values), cancel);
            await FeedCopy.Write(copy, row.ConversationId, cancel);
            await FeedCopy.Write(copy, row.Words.Values, cancel);
        }

        await copy.CompleteAsync(cancel);
    }
}
