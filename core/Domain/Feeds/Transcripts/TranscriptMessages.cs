using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;
using QualityIngest.Database;
using QualityIngest.Domain.Formats;
using QualityIngest.Domain.Formats.Feeds;

namespace QualityIngest.Domain.Feeds;

/// <summary>
/// Historical transcripts: messages in any order are staged by COPY, and grouped by the database, in one statement, into what
/// the import says of each conversation.
/// </summary>
public sealed class TranscriptMessages(IOptions<FeedTranscriptOptions> options) : IFeedTable
{
    private const string Staging =
        """
        copy feed_messages (
            tenant_id, import_id, conversation_id, external_id, at_us, file_ordinal, line, sender, role, text, attributes, outside_date)
        from stdin (format binary)
        """;

    /// <inheritdoc/>
    public FeedKind Kind => FeedKind.HistoricalTranscripts;

    /// <inheritdoc/>
    public async Task<FeedStored> Store(
        PipelineSession session, FeedImport import, BatchFile file, IReadOnlyList<FeedRow> rows, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(import);
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.Count == 0)
            return new(0, 0, 0, []);
        await session.Execute(
            new Statement(
                "insert into feed_staged_files (tenant_id, import_id, ordinal, file_id, etag) values ($1, $2, $3, $4, $5) on conflict do nothing",
                session.Tenant, import.Id, file.Ordinal, file.Id, file.Etag),
            cancel);
        var sizes = await StagedSizes.Lock(session, import.Id, cancel);
        var (kept, refused) = await Bound(session, import, rows, sizes, cancel);
        await Stage(session, import, file, kept, cancel);
        await sizes.Save(session, import.Id, cancel);
        return new(kept.Count, 0, 0, refused);
    }

    /// <inheritdoc/>
    public async Task<long> Complete(PipelineSession session, FeedImport import, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(import);
        // A directory may hold any number of messages.
        await session.ExecuteLong(
            [
                new("set local work_mem = '64MB'"),
                Statement.File<TranscriptMessages>("Feeds/Transcripts/GroupMessages.sql", session.Tenant, import.Id),
                new("set local work_mem to default"),
                new("delete from feed_messages where tenant_id = $1 and import_id = $2", session.Tenant, import.Id),
                new("delete from feed_staged_files where tenant_id = $1 and import_id = $2", session.Tenant, import.Id),
                new("delete from feed_staged_sizes where tenant_id = $1 and import_id = $2", session.Tenant, import.Id),
            ],
            cancel);
        return await session.Scalar<long>(
            new Statement(
                "select coalesce(sum(messages), 0)::bigint from feed_parts where tenant_id = $1 and import_id = $2", session.Tenant, import.Id),
            cancel);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<FeedConversation>> Conversations(
        PipelineSession session, IReadOnlyCollection<Guid> imports, Guid after, int limit, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(session);
        return await session.Query(
            Statement.File<TranscriptMessages>("Feeds/Transcripts/PartConversations.sql", session.Tenant, imports.ToArray(), after, limit),
            row => new FeedConversation(row.GetGuid(0), row.GetString(1)), cancel);
    }

    /// <inheritdoc/>
    public async Task<bool> Delete(PipelineSession session, Guid import, int limit, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(session);
        var (messages, parts) = await session.First(
            Statement.File<TranscriptMessages>("Feeds/Transcripts/DeleteMessages.sql", session.Tenant, import, limit),
            row => (row.GetInt64(0), row.GetInt64(1)), cancel);
        return messages == limit || parts == limit;
    }

    /// <summary>Tells the messages that their conversations have room for, in the order of the file, from those that they have not.</summary>
    private async Task<(List<StagedMessage> Kept, List<RejectedRow> Refused)> Bound(
        PipelineSession session, FeedImport import, IReadOnlyList<FeedRow> rows, StagedSizes sizes, CancellationToken cancel)
    {
        var (kept, refused) = (new List<StagedMessage>(rows.Count), new List<RejectedRow>());
        var limit = options.Value.ConversationBytes;
        Dictionary<Guid, long>? exact = null;
        foreach (var row in rows)
        {
            var message = StagedMessage.Of(session.Tenant, import.Namespace, row);
            if (sizes.With(message.Conversation, message.Bytes) > limit)
            {
                exact ??= await Measure(session, import, rows, kept, sizes, cancel);
                if (exact.GetValueOrDefault(message.Conversation) + message.Bytes > limit)
                {
                    refused.Add(new(row.Line, message.ExternalId, [new(null, FeedCodes.ConversationTooLarge, $"The messages of this conversation measure more than {limit:N0} bytes in this batch: this one and those behind it are not kept.")]));
                    exact[message.Conversation] = limit;
                    continue;
                }
            }

            if (exact is not null)
                exact[message.Conversation] = exact.GetValueOrDefault(message.Conversation) + message.Bytes;
            sizes.Add(message.Conversation, message.Bytes);
            kept.Add(message);
        }

        return (kept, refused);
    }

    /// <summary>What the conversations of these rows measure, the staged messages and those that are kept so far.</summary>
    private static async Task<Dictionary<Guid, long>> Measure(
        PipelineSession session, FeedImport import, IReadOnlyList<FeedRow> rows, List<StagedMessage> kept, StagedSizes sizes, CancellationToken cancel)
    {
        var conversations = rows.Select(row => StagedMessage.Of(session.Tenant, import.Namespace, row).Conversation).ToHashSet();
        var staged = await session.Query(
            Statement.File<TranscriptMessages>("Feeds/Transcripts/MeasureStaged.sql", session.Tenant, import.Id, conversations.ToArray()),
            row => (Id: row.GetGuid(0), Bytes: row.GetInt64(1)), cancel);
        var exact = staged.ToDictionary(conversation => conversation.Id, conversation => conversation.Bytes);
        foreach (var message in kept)
            exact[message.Conversation] = exact.GetValueOrDefault(message.Conversation) + message.Bytes;
        return exact;
    }

    private static async Task Stage(
        PipelineSession session, FeedImport import, BatchFile file, List<StagedMessage> messages, CancellationToken cancel)
    {
        await using var copy = await session.Connection.BeginBinaryImportAsync(Staging, cancel);
        foreach (var message in messages)
        {
            await copy.StartRowAsync(cancel);
            await copy.WriteAsync(session.Tenant, NpgsqlDbType.Text, cancel);
            await copy.WriteAsync(import.Id, NpgsqlDbType.Uuid, cancel);
            await copy.WriteAsync(message.Conversation, NpgsqlDbType.Uuid, cancel);
            await copy.WriteAsync(message.ExternalId, NpgsqlDbType.Text, cancel);
            await copy.WriteAsync(message.AtUs, NpgsqlDbType.Bigint, cancel);
            await copy.WriteAsync(file.Ordinal, NpgsqlDbType.Integer, cancel);
            await copy.WriteAsync(message.Row.Line, NpgsqlDbType.Bigint, cancel);
            await copy.WriteAsync(message.Sender, NpgsqlDbType.Text, cancel);
            await copy.WriteAsync(message.Role, NpgsqlDbType.Text, cancel);
            await copy.WriteAsync(message.Text, NpgsqlDbType.Text, cancel);
            if (message.Row.Attributes is { } attributes)
                await copy.WriteAsync(attributes, NpgsqlDbType.Json, cancel);
            else
                await copy.WriteNullAsync(cancel);
            await copy.WriteAsync(message.OutsideDate, NpgsqlDbType.Boolean, cancel);
        }

        await copy.CompleteAsync(cancel);
    }
}
