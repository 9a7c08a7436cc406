using Npgsql;
using QualityIngest.Database;
using QualityIngest.Domain.Conversations;
using QualityIngest.Domain.Feeds;
using QualityIngest.Domain.Files;
using QualityIngest.Domain.Scans;
using QualityIngest.EventStore;

namespace QualityIngest.Domain.Webhooks;

/// <summary>
/// Writes the messages that events are worth, in the events' own transaction: one statement an append, whatever its size and
/// however many endpoints there are. Nothing is sent before that transaction has committed.
/// </summary>
public sealed class DeliveryWriter : IAppendListener
{
    /// <inheritdoc/>
    public async Task Appended(NpgsqlTransaction tx, string tenant, IReadOnlyList<StreamAppend> appends, CancellationToken cancel)
    {
        var told = appends.SelectMany(Told).ToList();
        if (told is [])
            return;
        await using var command = Statement.File<DeliveryWriter>(
            "Webhooks/WriteDeliveries.sql",
            tenant,
            told.ConvertAll(t => t.Stream).ToArray(),
            told.ConvertAll(t => t.Version).ToArray(),
            told.ConvertAll(t => t.Type).ToArray(),
            told.ConvertAll(t => t.Connector).ToArray()).ToCommand(tx);
        await command.ExecuteNonQueryAsync(cancel);
    }

    private static IEnumerable<(Guid Stream, long Version, string Type, Guid? Connector)> Told(StreamAppend append)
    {
        var version = append.ExpectedVersion;
        foreach (var @event in append.Events)
        {
            version++;
            if (EventTypes.NameOf(@event) is { } type)
                yield return (append.Stream, version, type, ConnectorOf(append.State, @event));
        }
    }

    private static Guid? ConnectorOf(object? state, object @event) => (state, @event) switch
    {
        (ConversationState conversation, _) => conversation.ConnectorId,
        (FileState file, _) => file.ConnectorId,
        (BatchState batch, _) => batch.ConnectorId,
        (_, ScanCompleted scan) => scan.ConnectorId,
        (_, ScanFailed scan) => scan.ConnectorId,
        (_, Connectors.ConnectorSuspended notice) => notice.ConnectorId,
        (_, Connectors.ConnectorResumed notice) => notice.ConnectorId,
        (_, Connectors.ConnectorTestFailed notice) => notice.ConnectorId,
        (_, Connectors.ConnectorStale notice) => notice.ConnectorId,
        _ => null,
    };
}
