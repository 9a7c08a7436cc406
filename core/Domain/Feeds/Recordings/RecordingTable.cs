using QualityIngest.Database;
using QualityIngest.Domain.Formats;
using QualityIngest.Domain.Formats.Feeds;

namespace QualityIngest.Domain.Feeds.Recordings;

/// <summary>
/// Keeps which files are recordings of which conversations. A file is one row, told by its name: nothing of it is read until
/// its conversation is measured.
/// </summary>
public sealed class RecordingTable : IFeedTable
{
    private const string Table = "feed_recordings";
    private const int Line = 1;

    /// <inheritdoc/>
    public FeedKind Kind => FeedKind.CallRecordings;

    /// <inheritdoc/>
    /// <remarks>
    /// Of two files that are named by one conversation, <c>c-1.mp3</c> and <c>c-1.wav</c>, the later key is its recording, and
    /// the earlier counts as superseded; where both are the same bytes, the later is a duplicate.
    /// </remarks>
    public async Task<FeedStored> Store(
        PipelineSession session, FeedImport import, BatchFile file, IReadOnlyList<FeedRow> rows, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows is [])
            return new(0, 0, 0, []);
        if (RecordingName.ConversationId(file.Key, out var error) is not { } externalId)
            return new(0, 0, 0, [new RejectedRow(Line, null, [error!])]);

        var stored = await session.First(
            Statement.File<RecordingTable>(
                "Feeds/Recordings/Store.sql",
                session.Tenant, import.Id, Ids.Conversation(session.Tenant, import.Namespace, "", externalId), externalId,
                file.Id, file.Key, file.Etag, file.Size, file.LastModified.UtcDateTime),
            row => (Before: row.GetBoolean(0), Written: row.GetBoolean(1)), cancel);
        return stored switch
        {
            (false, _) => new(1, 0, 0, []),
            (true, true) => new(0, 0, 1, []),
            _ => new(0, 1, 0, []),
        };
    }

    /// <inheritdoc/>
    public Task<long> Complete(PipelineSession session, FeedImport import, CancellationToken cancel) =>
        FeedTableRows.Count(session, Table, import.Id, cancel);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<FeedConversation>> Conversations(
        PipelineSession session, IReadOnlyCollection<Guid> imports, Guid after, int limit, CancellationToken cancel) =>
        await session.Query(
            Statement.File<RecordingTable>("Feeds/Recordings/Conversations.sql", session.Tenant, imports.ToArray(), after, limit),
            row => new FeedConversation(row.GetGuid(0), row.GetString(1)), cancel);

    /// <inheritdoc/>
    public Task<bool> Delete(PipelineSession session, Guid import, int limit, CancellationToken cancel) =>
        FeedTableRows.Delete(session, Table, import, limit, cancel);
}
