using Npgsql;
using QualityIngest.Database;
using QualityIngest.Domain.Formats;
using QualityIngest.Domain.Ingest;
using QualityIngest.Domain.Tenants;

namespace QualityIngest.Domain.Files;

/// <summary>One object of a source's ledger.</summary>
/// <param name="Id">The file's id.</param>
/// <param name="ConnectorId">The connector that saw this version.</param>
/// <param name="Key">The object's key, exactly as the bucket has it.</param>
/// <param name="Etag">The version's ETag, without quotes.</param>
/// <param name="Size">How many bytes are stored.</param>
/// <param name="LastModified">When the bucket says it was last modified.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Removed">Whether it is gone from the bucket; what came of it stays.</param>
/// <param name="ErrorCode">Why it failed or was skipped, as a stable word.</param>
/// <param name="ErrorDetail">The same for people.</param>
/// <param name="Retryable">Whether a retry can help.</param>
/// <param name="Counts">What became of its rows.</param>
/// <param name="BatchId">The batch that it belongs to; null: it is read by itself.</param>
/// <param name="Version">Rises with every event; the ETag of this answer.</param>
/// <param name="DiscoveredAt">When it was first seen.</param>
/// <param name="UpdatedAt">When its last event happened.</param>
public sealed record IngestedFile(
    Guid Id, Guid ConnectorId, string Key, string Etag, long Size, DateTimeOffset LastModified, FileStatus Status, bool Removed,
    string? ErrorCode, string? ErrorDetail, bool Retryable, FileCounts Counts, Guid? BatchId, long Version,
    DateTimeOffset DiscoveredAt, DateTimeOffset UpdatedAt) : IVersioned;

/// <summary>One fault of one refused row.</summary>
/// <param name="Line">The line that the row starts on, or its number in the order of all rows, from 1.</param>
/// <param name="ExternalId">The row's conversation id, where it could be read.</param>
/// <param name="Field">The field at fault; null: the whole row.</param>
/// <param name="Code">A stable word.</param>
/// <param name="Message">The same for people.</param>
/// <param name="Place">Where the row stands, in files of members, lines or elements; null: the line tells.</param>
public sealed record Rejection(long Line, string? ExternalId, string? Field, string Code, string Message, FormatPlace? Place);

/// <summary>Which files a list shows; every member that is set narrows it.</summary>
public sealed record FileFilter(Guid? ConnectorId, FileStatus? Status, string? ErrorCode, string? KeyPrefix, bool? Removed, Guid? BatchId = null);

/// <summary>A tenant's files: what became of every object.</summary>
public sealed class FileDirectory(Postgres postgres, WorkQueue queue, EventStore.EventStore events)
{
    /// <summary>More faults than a row can have: a position is line × this + ordinal.</summary>
    private const long OrdinalsALine = 1_024;

    private const string Columns =
        """
        id, connector_id, key, etag, size, last_modified, status, removed, error_code, error_detail, retryable,
        rows_read, accepted, held, duplicate, superseded, erased, rejected, batch_id, version, discovered_at, updated_at
        """;

    /// <summary>The files, latest discovered first.</summary>
    public async Task<Page<IngestedFile, Guid>> List(Caller caller, FileFilter filter, PageRequest<Guid> page, CancellationToken cancel)
    {
        await using var session = await postgres.Tenant(caller.Tenant, cancel);
        var rows = await session.Query(
            new Statement(
                $"""
                select {Columns} from files
                where ($1::uuid is null or connector_id = $1)
                  and ($2::text is null or status = $2)
                  and ($3::text is null or error_code = $3)
                  and ($4::text is null or starts_with(key, $4))
                  and ($5::boolean is null or removed = $5)
                  and ($6::uuid is null or batch_id = $6)
                  and ($7::timestamptz is null or (discovered_at, id) < ($7, $8::uuid))
                order by discovered_at desc, id desc limit $9
                """,
                filter.ConnectorId, filter.Status is { } status ? DomainJson.Word(status) : null, filter.ErrorCode, filter.KeyPrefix,
                filter.Removed, filter.BatchId, page.After?.At, page.After?.Id, page.Limit + 1),
            Read, cancel);
        return Page.Of(rows, page, f => new Position<Guid>(f.DiscoveredAt, f.Id));
    }

    /// <summary>One file.</summary>
    public async Task<Outcome<IngestedFile>> Get(Caller caller, Guid id, CancellationToken cancel)
    {
        await using var session = await postgres.Tenant(caller.Tenant, cancel);
        return await Find(session, id, cancel) is { } file ? file : new Failure.NotFound();
    }

    /// <summary>The file's events, oldest first.</summary>
    public async Task<Outcome<IReadOnlyList<RecordedEvent>>> Events(Caller caller, Guid id, CancellationToken cancel)
    {
        await using var session = await postgres.Tenant(caller.Tenant, cancel);
        if (await Find(session, id, cancel) is null)
            return new Failure.NotFound();
        return RecordedEvent.Of(await events.FetchStream(session.Transaction, caller.Tenant, id, cancel));
    }

    /// <summary>What was refused of the file's version, by line.</summary>
    public async Task<Outcome<Page<Rejection, long>>> Rejections(Caller caller, Guid id, PageRequest<long> page, CancellationToken cancel)
    {
        await using var session = await postgres.Tenant(caller.Tenant, cancel);
        if (await Find(session, id, cancel) is null)
            return new Failure.NotFound();
        var (line, ordinal) = Math.DivRem(page.After?.Id ?? -1, OrdinalsALine);
        var rows = await session.Query(
            new Statement(
                """
                select line, external_id, field, code, message, place_member, place_line, place_index, ordinal from file_rejections
                where tenant_id = $1 and file_id = $2 and (line, ordinal) > ($3, $4)
                order by line, ordinal limit $5
                """,
                caller.Tenant, id, line, (int)ordinal, page.Limit + 1),
            row => (Rejection: ReadRejection(row), At: row.GetInt64(0) * OrdinalsALine + row.GetInt32(8)), cancel);
        var cut = Page.Of(rows, page, r => new Position<long>(DateTimeOffset.UnixEpoch, r.At));
        return new Page<Rejection, long>([.. cut.Items.Select(r => r.Rejection)], cut.Next);
    }

    /// <summary>Has a file read again from its first row.</summary>
    public async Task<Outcome<IngestedFile>> Retry(Caller caller, Guid id, CancellationToken cancel)
    {
        await using var session = await postgres.Tenant(caller.Tenant, cancel);
        if (await Find(session, id, cancel) is not { } found)
            return new Failure.NotFound();
        if (found.BatchId is not null)
            return new Failure.Conflict("file_of_batch", "The file belongs to a batch: retry that.");
        var locked = await events.Lock(session.Transaction, caller.Tenant, [id], cancel);
        var (appends, work) = Retries.Files(locked.Values);
        if (appends is [])
            return new Failure.Conflict("not_retryable", "Only a file that was read or failed, and is still in the bucket, can be retried.");
        await events.Append(session.Transaction, caller.Tenant, appends, cancel);
        await queue.Enqueue(session, caller.Tenant, work, cancel);
        await session.Execute(AuditTrail.Entry(caller.Actor, caller.Tenant, "file.retried", id.ToString()), cancel);
        var file = (await Find(session, id, cancel))!;
        await session.Commit(cancel);
        return file;
    }

    private static Task<IngestedFile?> Find(Session session, Guid id, CancellationToken cancel) =>
        session.First(new Statement($"select {Columns} from files where id = $1", id), Read, cancel);

    private static Rejection ReadRejection(NpgsqlDataReader row) => new(
        row.GetInt64(0),
        row.IsDBNull(1) ? null : row.GetString(1),
        row.IsDBNull(2) ? null : row.GetString(2),
        row.GetString(3),
        row.GetString(4),
        FormatPlace.Of(row.IsDBNull(5) ? null : row.GetString(5), row.IsDBNull(6) ? null : row.GetInt64(6), row.IsDBNull(7) ? null : row.GetInt64(7)));

    private static IngestedFile Read(NpgsqlDataReader row) => new(
        row.GetGuid(0),
        row.GetGuid(1),
        row.GetString(2),
        row.GetString(3),
        row.GetInt64(4),
        row.GetFieldValue<DateTimeOffset>(5),
        DomainJson.Parse<FileStatus>(row.GetString(6)),
        row.GetBoolean(7),
        row.IsDBNull(8) ? null : row.GetString(8),
        row.IsDBNull(9) ? null : row.GetString(9),
        row.GetBoolean(10),
        new(row.GetInt64(11), row.GetInt64(12), row.GetInt64(13), row.GetInt64(14), row.GetInt64(15), row.GetInt64(16), row.GetInt64(17)),
        row.IsDBNull(18) ? null : row.GetGuid(18),
        row.GetInt64(19),
        row.GetFieldValue<DateTimeOffset>(20),
        row.GetFieldValue<DateTimeOffset>(21));
}
