using Npgsql;
using QualityIngest.Database;
using QualityIngest.EventStore;

namespace QualityIngest.Domain.Files;

/// <summary>Keeps the ledger <c>files</c> in step with the file streams, one statement a batch.</summary>
public sealed class FileProjection : IInlineProjection
{
    /// <inheritdoc/>
    public string StreamType => FileState.StreamType;

    /// <inheritdoc/>
    public Task Project(NpgsqlTransaction tx, string tenant, IReadOnlyList<StreamAppend> appends, CancellationToken cancel) =>
        Write(tx, tenant, appends.Select(a => (FileState)a.State!).ToList(), cancel);

    /// <summary>Writes the rows of these states.</summary>
    public static async Task Write(NpgsqlTransaction tx, string tenant, IReadOnlyList<FileState> states, CancellationToken cancel)
    {
        await using var command = Statement.File<FileProjection>(
            "Files/ProjectFiles.sql",
            tenant,
            Column(states, s => s.Id),
            Column(states, s => s.SourceId),
            Column(states, s => s.ConnectorId),
            Column(states, s => s.Key),
            Column(states, s => s.Etag),
            Column(states, s => s.Size),
            Column(states, s => s.LastModified.UtcDateTime),
            Column(states, s => DomainJson.Word(s.Status)),
            Column(states, s => s.Removed),
            Column(states, s => s.ErrorCode),
            Column(states, s => s.ErrorDetail),
            Column(states, s => s.Retryable),
            Statement.JsonArray(states.Select(s => DomainJson.Write(s.Counts))),
            Column(states, s => s.Version),
            Column(states, s => s.BatchId)).ToCommand(tx);
        await command.ExecuteNonQueryAsync(cancel);
    }

    private static T[] Column<T>(IReadOnlyList<FileState> states, Func<FileState, T> value) => [.. states.Select(value)];
}
