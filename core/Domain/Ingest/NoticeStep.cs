using Microsoft.Extensions.Options;
using QualityIngest.Database;
using QualityIngest.Domain.Connectors;
using QualityIngest.Domain.Formats;
using QualityIngest.Domain.Sources;
using QualityIngest.EventStore;

namespace QualityIngest.Domain.Ingest;

/// <summary>
/// Discover, by notification: looks at single objects that a bucket has told of and records them as a scan would. What the
/// notification said of them is not used; the bucket's listing tells what is there, what it is, or that it is gone.
/// </summary>
public sealed class NoticeStep(
    Postgres postgres, WorkQueue queue, Discovery discovery, ConnectorAccess access, ConnectorHealth health, FileFormats formats,
    IOptions<IngestOptions> options) : IWorkStep
{
    private const int Looks = 3;

    private readonly IngestOptions _options = options.Value;

    /// <inheritdoc/>
    public string Kind => WorkKinds.Notice;

    /// <inheritdoc/>
    public int Batch => _options.NoticeBatch;

    /// <inheritdoc/>
    public int Concurrency => _options.NoticeBatches;

    /// <summary>Whether an object of this key is one that the connector ingests.</summary>
    public static bool Concerns(Connector connector, IFileFormat format, string key) =>
        new ObjectJudge(format, connector).Judge(key, size: 1) is not null;

    /// <summary>The work of looking at an object: one item a key, however often it is told of.</summary>
    public static NewWorkItem Item(Connector connector, string key) =>
        new(WorkKinds.Notice, $"{connector.Id:N}:{Ids.File(connector.SourceId, key):N}", connector.Id, DomainJson.Write(new NoticeWork(connector.Id, key)));

    /// <inheritdoc/>
    public async Task Run(IReadOnlyList<WorkItem> items, CancellationToken cancel)
    {
        var claims = items.Select(i => new Claim(i, DomainJson.Read<NoticeWork>(i.Payload)));
        foreach (var group in claims.GroupBy(c => (c.Item.Tenant, c.Work.ConnectorId)))
            await Discover(group.Key.Tenant, group.Key.ConnectorId, [.. group], cancel);
    }

    /// <inheritdoc/>
    public async Task GiveUp(WorkItem item, CancellationToken cancel)
    {
        await using var session = await postgres.Pipeline(item.Tenant, cancel);
        await queue.Bury(session, item, "attempts_exhausted", "The object could not be looked at within its attempts.", cancel);
        await session.Commit(cancel);
    }

    private async Task Discover(string tenant, Guid connector, IReadOnlyList<Claim> claims, CancellationToken cancel)
    {
        OpenConnector? opened;
        try
        {
            opened = await access.Open(tenant, connector, source: null, cancel);
        }
        catch (SourceException refused)
        {
            await health.Suspend(tenant, connector, refused.Failure, [.. claims.Select(c => c.Item)], cancel);
            return;
        }

        // A connector that was removed, or reads something else by now, has no use for what its bucket told of.
        if (opened is null || opened.Connector.Id != connector)
        {
            await Complete(tenant, claims, cancel);
            return;
        }

        var format = formats[opened.Connector.Format];
        await Complete(tenant, [.. claims.Where(c => !Concerns(opened.Connector, format, c.Work.Key))], cancel);
        IReadOnlyList<Claim> waiting = [.. claims.Where(c => Concerns(opened.Connector, format, c.Work.Key))];
        for (var look = 1; waiting.Count > 0; look++)
            waiting = await Look(tenant, opened, waiting, last: look == Looks, cancel);
    }

    /// <summary>Asks the bucket and records what it shows. Returns those to be looked at again, none after the last look.</summary>
    private async Task<IReadOnlyList<Claim>> Look(
        string tenant, OpenConnector opened, IReadOnlyList<Claim> claims, bool last, CancellationToken cancel)
    {
        var at = await discovery.Now(tenant, cancel);
        var seen = new Seen[claims.Count];
        await Parallel.ForAsync(
            0, claims.Count, new ParallelOptions { MaxDegreeOfParallelism = _options.Fetches, CancellationToken = cancel },
            async (index, token) => seen[index] = await Ask(opened.Source, claims[index], token));

        var refused = seen.FirstOrDefault(s => s.Failure?.Class == FailureClass.Connector);
        if (refused is not null && await opened.StillReadable(cancel))
        {
            // One odd key stops no connector.
            seen = [.. seen.Select(s => s.Failure is { Class: FailureClass.Connector } own ? s with { Failure = own with { Class = FailureClass.Item } } : s)];
            refused = null;
        }

        var again = await Record(tenant, opened.Connector, at, [.. seen.Where(s => s.Failure?.Class != FailureClass.Connector)], last, cancel);
        if (refused is null)
            return again;
        await health.Suspend(
            tenant, opened.Connector.Id, refused.Failure!,
            [.. seen.Where(s => s.Failure?.Class == FailureClass.Connector).Select(s => s.Claim.Item), .. again.Select(c => c.Item)], cancel);
        return [];
    }

    // Of all keys that begin with a key, the listing shows that one first.
    private static async Task<Seen> Ask(S3Source source, Claim claim, CancellationToken cancel)
    {
        try
        {
            var page = await source.List(source.Bucket, claim.Work.Key, startAfter: null, maxKeys: 1, cancel);
            return new(claim, page.Objects.FirstOrDefault(o => o.Key == claim.Work.Key), null);
        }
        catch (SourceException refused)
        {
            return new(claim, null, refused.Failure);
        }
    }

    private async Task<IReadOnlyList<Claim>> Record(
        string tenant, Connector connector, DateTimeOffset at, IReadOnlyList<Seen> seen, bool last, CancellationToken cancel)
    {
        foreach (var refused in seen.Where(s => s.Failure is not null))
            await Refuse(refused.Claim.Item, refused.Failure!, cancel);
        IReadOnlyList<Seen> known = [.. seen.Where(s => s.Failure is null)];
        if (known is [])
            return [];

        await using var session = await postgres.Pipeline(tenant, cancel);
        Discovered discovered;
        try
        {
            discovered = await discovery.Record(
                session, connector,
                new NamedKeys(at, [.. known.Select(s => s.Object).OfType<ListedObject>()], [.. known.Select(s => s.Claim.Work.Key)]), cancel);
        }
        catch (ConcurrencyException) when (!last)
        {
            return [.. known.Select(s => s.Claim)];
        }

        // What even the last look was too slow for was recorded from a later one.
        var done = known.Where(s => last || !discovered.Overtaken.Contains(s.Claim.Work.Key)).Select(s => s.Claim).ToList();
        await queue.Complete(session, [.. done.Select(c => c.Item)], cancel);
        await session.Commit(cancel);
        return [.. known.Select(s => s.Claim).Except(done)];
    }

    /// <summary>Lets an item that the store refused wait or end: in a transaction of its own, so that it holds no other's lock.</summary>
    private async Task Refuse(WorkItem item, SourceFailure failure, CancellationToken cancel)
    {
        await using var session = await postgres.Pipeline(item.Tenant, cancel);
        if (failure.Retryable && item.Attempts < queue.Options.MaxAttempts)
            await queue.Retry(session, item, failure.Code, failure.Message, cancel);
        else
            await queue.Bury(session, item, failure.Code, failure.Message, cancel);
        await session.Commit(cancel);
    }

    private async Task Complete(string tenant, IReadOnlyList<Claim> claims, CancellationToken cancel)
    {
        if (claims is [])
            return;
        await using var session = await postgres.Pipeline(tenant, cancel);
        await queue.Complete(session, [.. claims.Select(c => c.Item)], cancel);
        await session.Commit(cancel);
    }

    private sealed record Claim(WorkItem Item, NoticeWork Work);

    private sealed record Seen(Claim Claim, ListedObject? Object, SourceFailure? Failure);
}
