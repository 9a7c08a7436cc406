using Npgsql;
using QualityIngest.Domain.Files;
using QualityIngest.Domain.Formats.Feeds;

namespace QualityIngest.Domain.Feeds;

/// <summary>A directory of a feed, or a file that is a batch of its own.</summary>
/// <param name="Id">The batch's id.</param>
/// <param name="ConnectorId">The connector that saw it last.</param>
/// <param name="Path">The directory's key with its trailing slash; of a file that is a batch of its own, the file's key.</param>
/// <param name="Feed">The feed's name; of a file that is a batch of its own, its folder with the trailing slash.</param>
/// <param name="Kind">What it holds; null: nobody says.</param>
/// <param name="Encoding">How its files are written.</param>
/// <param name="Snapshot">Whether it replaces everything of its feed up to its date; else it adds its partition.</param>
/// <param name="Partition">What a later batch of the same partition replaces.</param>
/// <param name="Date">The UTC day that it is about, or up to which a snapshot reaches; null: its directory names none.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="SealedAt">When the marker was written that the status is about; null: there was none yet.</param>
/// <param name="Counts">What its last import read, once that is whole.</param>
/// <param name="Conversations">What its last import did to conversations.</param>
/// <param name="RowsBefore">Rows that its feed showed without it, where it had to be confirmed.</param>
/// <param name="RowsAfter">Rows that its feed shows with it, where it had to be confirmed.</param>
/// <param name="ErrorCode">Why it failed, as a stable word.</param>
/// <param name="ErrorDetail">The same for people.</param>
/// <param name="Retryable">Whether a retry can help.</param>
/// <param name="Version">Rises with every event; the ETag of this answer.</param>
/// <param name="DiscoveredAt">When it was first seen.</param>
/// <param name="UpdatedAt">When its last event happened.</param>
/// <param name="ImportedAt">When it was last shown.</param>
public sealed record Batch(
    Guid Id, Guid ConnectorId, string Path, string Feed, FeedKind? Kind, FeedEncoding Encoding, bool Snapshot, string Partition, DateOnly? Date,
    BatchStatus Status, DateTimeOffset? SealedAt, BatchCounts Counts, FoldCounts Conversations, long? RowsBefore, long? RowsAfter,
    string? ErrorCode, string? ErrorDetail, bool Retryable, long Version,
    DateTimeOffset DiscoveredAt, DateTimeOffset UpdatedAt, DateTimeOffset? ImportedAt) : IVersioned
{
    internal const string Columns =
        """
        id, connector_id, path, feed, kind, encoding, snapshot, partition, date, status, sealed_at,
        files, rows_read, accepted, duplicate, superseded, rejected, rows_before, rows_after,
        conversations_received, conversations_revised, conversations_unchanged, conversations_withdrawn, conversations_restored,
        error_code, error_detail, retryable, version, discovered_at, updated_at, imported_at, erased
        """;

    internal static Batch Read(NpgsqlDataReader row) => new(
        row.GetGuid(0),
        row.GetGuid(1),
        row.GetString(2),
        row.GetString(3),
        row.IsDBNull(4) ? null : DomainJson.Parse<FeedKind>(row.GetString(4)),
        DomainJson.Parse<FeedEncoding>(row.GetString(5)),
        row.GetBoolean(6),
        row.GetString(7),
        row.IsDBNull(8) ? null : row.GetFieldValue<DateOnly>(8),
        DomainJson.Parse<BatchStatus>(row.GetString(9)),
        Time(row, 10),
        new(row.GetInt64(11), new FileCounts(
            row.GetInt64(12), row.GetInt64(13), Duplicate: row.GetInt64(14), Superseded: row.GetInt64(15), Erased: row.GetInt64(31), Rejected: row.GetInt64(16))),
        new(row.GetInt64(19), row.GetInt64(20), row.GetInt64(21), row.GetInt64(22), row.GetInt64(23)),
        row.IsDBNull(17) ? null : row.GetInt64(17),
        row.IsDBNull(18) ? null : row.GetInt64(18),
        row.IsDBNull(24) ? null : row.GetString(24),
        row.IsDBNull(25) ? null : row.GetString(25),
        row.GetBoolean(26),
        row.GetInt64(27),
        row.GetFieldValue<DateTimeOffset>(28),
        row.GetFieldValue<DateTimeOffset>(29),
        Time(row, 30));

    private static DateTimeOffset? Time(NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);
}

/// <summary>Which batches a list shows; every member that is set narrows it.</summary>
public sealed record BatchFilter(
    Guid? ConnectorId, BatchStatus? Status, string? Feed, FeedKind? Kind, DateOnly? From, DateOnly? To);
