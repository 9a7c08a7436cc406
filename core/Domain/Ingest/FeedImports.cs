using System.Security.Cryptography;
using System.Text;
using Npgsql;
using QualityIngest.Database;
using QualityIngest.Domain.Connectors;
using QualityIngest.Domain.Feeds;
using QualityIngest.Domain.Formats.Feeds;

namespace QualityIngest.Domain.Ingest;

/// <summary>An import as it is stored.</summary>
/// <param name="Import">The import.</param>
/// <param name="State"><c>staging</c>, <c>current</c>, <c>retired</c> or <c>dropped</c>.</param>
/// <param name="FilesHash">The versions of the files that it reads: <see cref="FeedImports.HashOf"/>.</param>
/// <param name="Progress">How far it is.</param>
/// <param name="Rows">Rows that it holds, once it is complete.</param>
/// <param name="Folding">The imports whose conversations are still to be folded.</param>
public sealed record StoredImport(
    FeedImport Import, string State, string FilesHash, ImportProgress Progress, long Rows, IReadOnlyList<Guid> Folding);

/// <summary>The imports of all batches. Every call is within the caller's transaction.</summary>
public static class FeedImports
{
    private const string Columns =
        """
        id, batch_id, feed_id, connector_id, namespace, kind, partition, snapshot, date, marker, sealed_at,
        state, files_hash, progress::text, rows, folding
        """;

    /// <summary>Tells whether files of a batch were exchanged since it was sealed.</summary>
    public static string HashOf(IReadOnlyList<BatchFile> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files)
            hash.AppendData(Encoding.UTF8.GetBytes($"{file.Id:N}{file.Etag}\n"));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>An import; null: it is not begun.</summary>
    public static Task<StoredImport?> Find(PipelineSession session, Connector connector, Guid import, CancellationToken cancel) =>
        session.First(
            new Statement($"select {Columns} from feed_imports where tenant_id = $1 and id = $2", session.Tenant, import), row => Read(row, connector), cancel);

    /// <summary>The import of a batch that is shown and whose conversations are not all folded; null: there is none.</summary>
    public static Task<StoredImport?> Unfolded(PipelineSession session, Connector connector, Guid batch, CancellationToken cancel) =>
        session.First(
            new Statement(
                $"select {Columns} from feed_imports where tenant_id = $1 and batch_id = $2 and folding is not null", session.Tenant, batch),
            row => Read(row, connector), cancel);

    /// <summary>Begins an import. What its batch has begun before and not shown is given up.</summary>
    public static async Task<StoredImport> Begin(
        PipelineSession session, FeedImport import, Guid source, string root, string feed, string filesHash, CancellationToken cancel)
    {
        var progress = new ImportProgress();
        await session.ExecuteAll(
        [
            new Statement(
                "insert into feeds (id, tenant_id, source_id, root, name) values ($1, $2, $3, $4, $5) on conflict do nothing",
                import.FeedId, session.Tenant, source, root, feed),
            new Statement(
                "update feed_imports set state = 'retired' where tenant_id = $1 and batch_id = $2 and state = 'staging'", session.Tenant, import.BatchId),
            new Statement(
                """
                insert into feed_imports (
                    id, tenant_id, feed_id, batch_id, connector_id, namespace, kind, partition, snapshot, date, marker, sealed_at,
                    state, files_hash, progress)
                values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 'staging', $13, $14)
                """,
                import.Id, session.Tenant, import.FeedId, import.BatchId, import.ConnectorId, import.Namespace, DomainJson.Word(import.Kind),
                import.Partition, import.Snapshot, import.Date, import.Marker, import.SealedAt.UtcDateTime, filesHash,
                Statement.Json(DomainJson.Write(progress))),
        ], cancel);
        return new(import, "staging", filesHash, progress, 0, []);
    }

    /// <summary>Records how far an import is.</summary>
    /// <exception cref="LeaseLostException">It is no longer in the state that it was in: its work was another's meanwhile.</exception>
    public static async Task Advance(
        PipelineSession session, StoredImport import, ImportProgress progress, CancellationToken cancel, long? rows = null)
    {
        var advanced = await session.Execute(
            new Statement(
                "update feed_imports set progress = $4, rows = coalesce($5, rows) where tenant_id = $1 and id = $2 and state = $3",
                session.Tenant, import.Import.Id, import.State, Statement.Json(DomainJson.Write(progress)), rows),
            cancel);
        if (advanced != 1)
            throw new LeaseLostException();
    }

    /// <summary>Gives up what a batch has begun and not shown; its rows are deleted by and by.</summary>
    public static Task<int> GiveUp(PipelineSession session, Guid batch, CancellationToken cancel) =>
        session.Execute(
            new Statement("update feed_imports set state = 'retired' where tenant_id = $1 and batch_id = $2 and state = 'staging'", session.Tenant, batch), cancel);

    private static StoredImport Read(NpgsqlDataReader row, Connector connector) => new(
        new(row.GetGuid(0), row.GetGuid(1), row.GetGuid(2), row.GetGuid(3), row.GetString(4), DomainJson.Parse<FeedKind>(row.GetString(5)),
            row.GetString(6), row.GetBoolean(7), row.GetFieldValue<DateOnly>(8), row.GetString(9), row.GetFieldValue<DateTimeOffset>(10),
            connector.Settings.Feeds ?? new()),
        row.GetString(11),
        row.GetString(12),
        DomainJson.Read<ImportProgress>(row.GetString(13)),
        row.GetInt64(14),
        row.IsDBNull(15) ? [] : row.GetFieldValue<Guid[]>(15));
}
