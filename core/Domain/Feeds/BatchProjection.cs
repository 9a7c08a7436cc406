using Npgsql;
using QualityIngest.Database;
using QualityIngest.EventStore;

namespace QualityIngest.Domain.Feeds;

/// <summary>Keeps the table <c>batches</c> in step with the batch streams, one statement a batch of appends.</summary>
public sealed class BatchProjection : IInlineProjection
{
    /// <inheritdoc/>
    public string StreamType => BatchState.StreamType;

    /// <inheritdoc/>
    public Task Project(NpgsqlTransaction tx, string tenant, IReadOnlyList<StreamAppend> appends, CancellationToken cancel) =>
        Write(tx, tenant, appends.Select(a => (BatchState)a.State!).ToList(), cancel);

    /// <summary>Writes the rows of these states.</summary>
    public static async Task Write(NpgsqlTransaction tx, string tenant, IReadOnlyList<BatchState> states, CancellationToken cancel)
    {
        await using var command = Statement.File<BatchProjection>(
            "Feeds/ProjectBatches.sql",
            tenant,
            Column(states, s => s.Id),
            Column(states, s => s.SourceId),
            Column(states, s => s.ConnectorId),
            Column(states, s => s.Path),
            Column(states, s => s.Feed),
            Column(states, s => s.Kind is { } kind ? DomainJson.Word(kind) : null),
            Column(states, s => DomainJson.Word(s.Encoding)),
            Column(states, s => s.Snapshot),
            Column(states, s => s.Partition),
            Column(states, s => s.Date),
            Column(states, s => DomainJson.Word(s.Status)),
            Column(states, s => s.Marker),
            Statement.Times(states.Select(s => s.SealedAt)),
            Column(states, s => s.ImportId),
            Statement.JsonArray(states.Select(s => DomainJson.Write(s.Counts.Rows))),
            Column(states, s => s.Counts.Files),
            Statement.JsonArray(states.Select(s => DomainJson.Write(s.Conversations))),
            Column(states, s => s.RowsBefore),
            Column(states, s => s.RowsAfter),
            Column(states, s => s.ErrorCode),
            Column(states, s => s.ErrorDetail),
            Column(states, s => s.Retryable),
            Column(states, s => s.Version)).ToCommand(tx);
        await command.ExecuteNonQueryAsync(cancel);
    }

    private static T[] Column<T>(IReadOnlyList<BatchState> states, Func<BatchState, T> value) => [.. states.Select(value)];
}
