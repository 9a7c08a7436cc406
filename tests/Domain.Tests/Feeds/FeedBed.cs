using Microsoft.Extensions.Options;
using QualityIngest.Database;
using QualityIngest.Domain.Conversations;
using QualityIngest.Domain.Feeds;
using QualityIngest.Domain.Formats.Feeds;
using QualityIngest.EventStore;
using QualityIngest.TestKit;

namespace QualityIngest.Domain.Tests.Feeds;

/// <summary>A tenant with a source of feeds, whose imports a test stores, shows, retires and folds step by step.</summary>
internal sealed class FeedBed(TestDatabase database, FeedTranscriptOptions? options = null)
{
    public const string Namespace = "feeds";

    private readonly Dictionary<(string Feed, string Partition, bool Snapshot), Guid> _current = [];
    private int _imports;

    public string Tenant { get; } = $"t-{Guid.NewGuid():n}";

    public Guid Connector { get; } = Guid.NewGuid();

    public Guid Source { get; } = Guid.NewGuid();

    public Postgres Postgres => database.Postgres;

    public EventStore.EventStore Events { get; } = new(DomainEvents.Register(), [new ConversationProjection()]);

    public TranscriptMessages Messages { get; } = new(Options.Create(options ?? new()));

    public WorkQueue Queue { get; } = new(database.Postgres, new WorkOptions());

    public FeedFold Fold => new(Events, Queue, Options.Create(options ?? new()));

    public static async Task<FeedBed> On(TestDatabase database, FeedTranscriptOptions? options = null)
    {
        TestDatabase.Require();
        var bed = new FeedBed(database, options);
        await bed.Execute("insert into tenants (id, name, external_id) values ($1, 'T', 'x')", bed.Tenant);
        await bed.Execute("insert into sources (id, tenant_id, endpoint, bucket, format) values ($1, $2, '', 'b', 'feeds')", bed.Source, bed.Tenant);
        await bed.Execute(
            "insert into connectors (id, tenant_id, source_id, name, format, namespace, settings) values ($1, $2, $3, 'Feeds', 'feeds', $4, '{}')",
            bed.Connector, bed.Tenant, bed.Source, Namespace);
        return bed;
    }

    /// <summary>An import of a partition whose rows are still to be stored. Each is sealed a minute after the one before.</summary>
    public async Task<FeedImport> Begin(
        string partition, FeedKind kind = FeedKind.HistoricalTranscripts, bool snapshot = false, string? feed = null)
    {
        feed ??= DomainJson.Word(kind);
        var feedId = Ids.Conversation(Tenant, "feed", "", feed);
        var batch = Guid.NewGuid();
        var import = new FeedImport(
            Guid.CreateVersion7(), batch, feedId, Connector, Namespace, kind, partition, snapshot, DateOnly.Parse(partition[..10], null), "m",
            new DateTimeOffset(2026, 3, 9, 0, ++_imports, 0, TimeSpan.Zero), new());
        await Execute(
            "insert into feeds (id, tenant_id, source_id, root, name) values ($1, $2, $3, '', $4) on conflict do nothing", feedId, Tenant, Source, feed);
        await Execute(
            """
            insert into batches (id, tenant_id, source_id, connector_id, path, feed, encoding, snapshot, partition, status, version, discovered_at, updated_at)
            values ($1, $2, $3, $4, $1::text, $5, 'csv', $6, $7, 'importing', 1, now(), now())
            """,
            batch, Tenant, Source, Connector, feed, snapshot, partition);
        await Execute(
            """
            insert into feed_imports (id, tenant_id, feed_id, batch_id, connector_id, namespace, kind, partition, snapshot, date, marker, sealed_at, state, files_hash, progress)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'm', $11, 'staging', '', '{}')
            """,
            import.Id, Tenant, feedId, batch, Connector, Namespace, DomainJson.Word(kind), partition, snapshot, import.Date, import.SealedAt);
        return import;
    }

    /// <summary>A file of an import.</summary>
    public async Task<BatchFile> File(FeedImport import, int ordinal = 0)
    {
        var file = new BatchFile(Guid.NewGuid(), ordinal, $"{import.Id}/{ordinal}.csv", $"etag-{ordinal}", 1, import.SealedAt);
        await Execute(
            """
            insert into files (id, tenant_id, source_id, connector_id, key, etag, size, last_modified, status, version, discovered_at, updated_at)
            values ($1, $2, $3, $4, $5, $6, 1, $7, 'processing', 1, now(), now())
            """,
            file.Id, Tenant, Source, Connector, file.Key, file.Etag, file.LastModified);
        return file;
    }

    public async Task<FeedStored> Store(FeedImport import, BatchFile file, params FeedRow[] rows)
    {
        await using var session = await Postgres.Pipeline(Tenant, default);
        var stored = await Messages.Store(session, import, file, rows, default);
        await session.Commit(default);
        return stored;
    }

    public async Task<long> Complete(FeedImport import)
    {
        await using var session = await Postgres.Pipeline(Tenant, default);
        var rows = await Messages.Complete(session, import, default);
        await session.Commit(default);
        return rows;
    }

    /// <summary>An import of messages, stored in the order of their files, and completed.</summary>
    public async Task<FeedImport> Stage(string partition, bool snapshot, params FeedRow[][] files)
    {
        var import = await Begin(partition, snapshot: snapshot);
        for (var i = 0; i < files.Length; i++)
            await Store(import, await File(import, i), files[i]);
        await Complete(import);
        return import;
    }

    /// <summary>Shows an import in the place of the former one of its partition, in a session of the caller's; the ids of all it changes.</summary>
    public async Task<Guid[]> Show(PipelineSession session, FeedImport import)
    {
        var place = ($"{import.FeedId}", import.Snapshot ? "" : import.Partition, import.Snapshot);
        Guid[] changed = _current.TryGetValue(place, out var former) ? [former, import.Id] : [import.Id];
        await session.Execute(new Statement("update feed_imports set state = 'retired' where id = $1", former), default);
        await session.Execute(new Statement("update feed_imports set state = 'current', shown_at = now() where id = $1", import.Id), default);
        _current[place] = import.Id;
        return changed;
    }

    /// <summary>Hides an import without another one in its place.</summary>
    public Task Retire(FeedImport import) => Execute("update feed_imports set state = 'retired' where id = $1", import.Id);

    /// <summary>Folds everything that these imports are about, in pages.</summary>
    public async Task<FoldCounts> FoldAll(PipelineSession session, FeedImport import, Guid[] imports, int page = 100)
    {
        var (counts, after) = (new FoldCounts(), Guid.Empty);
        while (await Messages.Conversations(session, imports, after, page, default) is { Count: > 0 } conversations)
        {
            counts += await Fold.Fold(session, import, conversations, default);
            after = conversations[^1].Id;
        }

        return counts;
    }

    public async Task<FoldCounts> FoldAll(FeedImport import, params Guid[] imports)
    {
        await using var session = await Postgres.Pipeline(Tenant, default);
        var counts = await FoldAll(session, import, imports is [] ? [import.Id] : imports);
        await session.Commit(default);
        return counts;
    }

    /// <summary>Shows an import and folds what it changes.</summary>
    public async Task<FoldCounts> Publish(FeedImport import)
    {
        Guid[] changed;
        await using (var session = await Postgres.Pipeline(Tenant, default))
        {
            changed = await Show(session, import);
            await session.Commit(default);
        }

        return await FoldAll(import, changed);
    }

    /// <summary>Stages, shows and folds.</summary>
    public async Task<FoldCounts> Import(string partition, params FeedRow[][] files) => await Publish(await Stage(partition, false, files));

    /// <summary>A conversation's stored words, as <c>role sender text</c>, one line a message; null: it has none.</summary>
    public async Task<string?> Said(string externalId)
    {
        await using var session = await Postgres.Pipeline(Tenant, default);
        return await session.Scalar<string>(
            new Statement(
                """
                select string_agg((u ->> 'role') || ' ' || (u ->> 'participantId') || ' ' || (u ->> 'text'), E'\n' order by n)
                from conversations v
                join conversation_contents c on c.tenant_id = v.tenant_id and c.conversation_id = v.id and c.revision = v.revision
                cross join lateral json_array_elements(c.transcript_json -> 'utterances') with ordinality as u (u, n)
                where v.tenant_id = $1 and v.external_id = $2
                """,
                Tenant, externalId),
            default);
    }

    /// <summary>A column of a conversation's row.</summary>
    public async Task<T?> Of<T>(string externalId, string column)
    {
        await using var session = await Postgres.Pipeline(Tenant, default);
        return await session.Scalar<T>(
            new Statement($"select {column} from conversations where tenant_id = $1 and external_id = $2", Tenant, externalId), default);
    }

    /// <summary>The stored names of a conversation's events.</summary>
    public async Task<string> EventsOf(string externalId)
    {
        await using var session = await Postgres.Pipeline(Tenant, default);
        var events = await Events.FetchStream(session.Transaction, Tenant, Ids.Conversation(Tenant, Namespace, "", externalId), default);
        return string.Join(' ', events.Select(stored => stored.Type));
    }

    public async Task<T?> Scalar<T>(string sql, params object?[] values)
    {
        await using var session = await Postgres.Pipeline(Tenant, default);
        return await session.Scalar<T>(new Statement(sql, values), default);
    }

    public async Task Execute(string sql, params object?[] values)
    {
        await using var session = await Postgres.Pipeline(Tenant, default);
        await session.Execute(new Statement(sql, values), default);
        await session.Commit(default);
    }

    /// <summary>A row of historical transcripts.</summary>
    public static FeedRow Row(
        long line, string conversation, string at, string text, string sender = "c-1", string role = "customer", string? attributes = null,
        params string[] warnings) =>
        new(line, [conversation, sender, role, text, DateTimeOffset.Parse(at, null).ToUniversalTime()], attributes, warnings);
}
