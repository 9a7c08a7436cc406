using System.Text;
using QualityIngest.Database;
using QualityIngest.Domain.Feeds;
using QualityIngest.Domain.Formats;
using QualityIngest.Domain.Formats.Feeds;
using QualityIngest.Domain.Tenants;
using QualityIngest.TestKit;

namespace QualityIngest.Domain.Tests.Feeds;

/// <summary>A tenant with a connector of feeds, and imports that are arranged without a bucket.</summary>
internal sealed class ArrangedFeeds(TestDatabase database, FeedSettings? settings = null)
{
    private const string Root = "imports/";

    private readonly Guid _source = Guid.CreateVersion7();
    private int _imports;

    public string Tenant { get; } = "t-" + Guid.NewGuid().ToString("n");

    public string Namespace { get; } = "calls";

    public Guid Connector { get; } = Guid.CreateVersion7();

    /// <summary>A caller who may read everything.</summary>
    public Caller Caller => new(Tenant, Guid.Empty, new HashSet<string> { Scopes.ConversationsRead, Scopes.TranscriptsRead });

    public async Task<ArrangedFeeds> Begin()
    {
        await Execute("insert into tenants (id, name, external_id) values ($1, 'Test', 'x')", Tenant);
        await Execute("insert into sources (id, tenant_id, endpoint, bucket, format) values ($1, $2, '', 'bucket', 'feeds')", _source, Tenant);
        await Execute(
            "insert into connectors (id, tenant_id, source_id, name, format, namespace, settings) values ($1, $2, $3, 'Feeds', 'feeds', $4, '{}')",
            Connector, Tenant, _source, Namespace);
        return this;
    }

    /// <summary>An import that is not shown yet.</summary>
    public async Task<FeedImport> Import(FeedKind kind, string date = "2025-04-10", string feed = "", bool snapshot = false)
    {
        feed = feed.Length > 0 ? feed : DomainJson.Word(kind);
        var path = $"{Root}{feed}/{++_imports}/";
        var import = new FeedImport(
            Guid.CreateVersion7(), Ids.Batch(_source, path), Ids.Feed(_source, Root, feed), Connector, Namespace, kind, $"{date}/{_imports}", snapshot,
            DateOnly.ParseExact(date, "yyyy-MM-dd"), "marker", new DateTimeOffset(2025, 4, 11, 0, 0, _imports, TimeSpan.Zero), settings ?? new());
        await Execute(
            "insert into feeds (id, tenant_id, source_id, root, name) values ($1, $2, $3, $4, $5) on conflict do nothing", import.FeedId, Tenant, _source, Root, feed);
        await Execute(
            """
            insert into batches (id, tenant_id, source_id, connector_id, path, feed, kind, encoding, snapshot, partition, status, version, discovered_at, updated_at)
            values ($1, $2, $3, $4, $5, $6, $7, 'csv', $8, $9, 'importing', 1, now(), now())
            """,
            import.BatchId, Tenant, _source, Connector, path, feed, DomainJson.Word(kind), snapshot, import.Partition);
        await Execute(
            """
            insert into feed_imports (id, tenant_id, feed_id, batch_id, connector_id, namespace, kind, partition, snapshot, date, marker, sealed_at, files_hash, progress, state)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 'hash', '{}', 'staging')
            """,
            import.Id, Tenant, import.FeedId, import.BatchId, Connector, Namespace, DomainJson.Word(kind), import.Partition, snapshot, import.Date,
            import.Marker, import.SealedAt);
        return import;
    }

    /// <summary>A file of a batch, in the ledger.</summary>
    public async Task<BatchFile> File(string key, int ordinal = 0)
    {
        var file = new BatchFile(Ids.File(_source, key), ordinal, key, "etag", 1, new(2025, 4, 11, 0, 0, 0, TimeSpan.Zero));
        await Execute(
            """
            insert into files (id, tenant_id, source_id, connector_id, key, etag, size, last_modified, status, version, discovered_at, updated_at)
            values ($1, $2, $3, $4, $5, 'etag', 1, now(), 'awaiting_marker', 1, now(), now()) on conflict do nothing
            """,
            file.Id, Tenant, _source, Connector, key);
        return file;
    }

    /// <summary>Shows an import, or retires it.</summary>
    public Task Now(FeedImport import, string state) => Execute("update feed_imports set state = $2 where id = $1", import.Id, state);

    /// <summary>A conversation of the namespace, as any source brought it.</summary>
    public async Task<Guid> Conversation(string externalId, string agentPart = "", string status = "completed", string? inNamespace = null)
    {
        var id = Ids.Conversation(Tenant, inNamespace ?? Namespace, agentPart, externalId);
        await Execute(
            """
            insert into conversations (
                id, tenant_id, connector_id, file_id, namespace, agent_part, external_id, line, revision, status, channel, recording_type, analytics_level,
                language, language_base, started_at, ended_at, version, received_at, updated_at)
            values ($1, $2, $3, $4, $5, $6, $7, 1, 1, $8, 'voice', 'transcription', 'text', 'en', 'en', now(), now(), 1, now(), now())
            """,
            id, Tenant, Connector, (await File("conversations.csv")).Id, inNamespace ?? Namespace, agentPart, externalId, status);
        return id;
    }

    /// <summary>Stores the rows of a CSV text with a header under an import.</summary>
    public async Task<FeedStored> Store(IFeedTable table, FeedImport import, string csv, string key = "data.csv")
    {
        var rows = new List<FeedRow>();
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(csv));
        await foreach (var item in FeedCsv.Read(stream, FeedSchema.Of(import.Kind), new()))
            rows.Add(Assert.IsType<FeedRow>(item));
        var file = await File(key);
        return await Work(session => table.Store(session, import, file, rows, default));
    }

    /// <summary>Stores the rows and shows the import.</summary>
    public async Task<FeedImport> Shown(IFeedTable table, FeedImport import, string csv)
    {
        await Store(table, import, csv);
        await Now(import, "current");
        return import;
    }

    /// <summary>Works in a session of the pipeline, and commits.</summary>
    public async Task<T> Work<T>(Func<PipelineSession, Task<T>> work)
    {
        await using var session = await database.Postgres.Pipeline(Tenant, default);
        var result = await work(session);
        await session.Commit(default);
        return result;
    }

    public async Task Execute(string sql, params object?[] values)
    {
        await using var session = await database.Postgres.System(default);
        await session.Execute(new Statement(sql, values), default);
        await session.Commit(default);
    }
}
