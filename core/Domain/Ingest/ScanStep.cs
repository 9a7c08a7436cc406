using Microsoft.Extensions.Options;
using QualityIngest.Database;
using QualityIngest.Domain.Connectors;
using QualityIngest.Domain.Scans;
using QualityIngest.Domain.Sources;
using QualityIngest.EventStore;

namespace QualityIngest.Domain.Ingest;

/// <summary>
/// Discover: lists a connector's paths page by page and sets each page against the ledger.
/// A page's events, its work and the place it ends at commit together, so that a crash resumes at the page it left.
/// </summary>
public sealed class ScanStep(
    Postgres postgres, WorkQueue queue, Discovery discovery, ConnectorAccess access, ConnectorHealth health, ScanLog log,
    IOptions<IngestOptions> options) : IWorkStep
{
    private const int Looks = 3;

    private readonly IngestOptions _options = options.Value;

    /// <inheritdoc/>
    public string Kind => WorkKinds.Scan;

    /// <inheritdoc/>
    public int Batch => 1;

    /// <inheritdoc/>
    public int Concurrency => _options.Scans;

    /// <inheritdoc/>
    public async Task Run(IReadOnlyList<WorkItem> items, CancellationToken cancel)
    {
        foreach (var item in items)
            await Scan(item, cancel);
    }

    /// <inheritdoc/>
    public async Task GiveUp(WorkItem item, CancellationToken cancel)
    {
        var work = DomainJson.Read<ScanWork>(item.Payload);
        await using var session = await postgres.Pipeline(item.Tenant, cancel);
        await log.Fail(session, work.ScanId, "attempts_exhausted", "The scan did not end within its attempts.", cancel);
        await queue.Bury(session, item, "attempts_exhausted", "The scan did not end within its attempts.", cancel);
        await session.Commit(cancel);
    }

    private async Task Scan(WorkItem item, CancellationToken cancel)
    {
        var work = DomainJson.Read<ScanWork>(item.Payload);
        try
        {
            var opened = await access.Open(item.Tenant, work.ConnectorId, source: null, cancel);
            var scan = await log.Running(item.Tenant, work.ScanId, cancel);
            if (opened is null || scan is null || opened.Connector.Id != work.ConnectorId)
            {
                await Cancel(item, work.ScanId, cancel);
                return;
            }

            if (await Walk(item, opened, scan, cancel))
                await Complete(item, scan.Id, opened.Connector.Id, cancel);
            else
                await Cancel(item, scan.Id, cancel);
        }
        catch (SourceException refused)
        {
            await Refused(item, work, refused.Failure, cancel);
        }
    }

    /// <summary>Lists from where the scan stands to the end. False: the scan was cancelled meanwhile.</summary>
    private async Task<bool> Walk(WorkItem item, OpenConnector opened, RunningScan scan, CancellationToken cancel)
    {
        var paths = opened.Connector.Settings.Source.Paths.All();
        var after = scan.AfterKey;
        for (var index = scan.PathIndex; index < paths.Count; index++, after = null)
        {
            var path = paths[index].Path;
            bool more;
            do
            {
                (more, after, var ended) = await Page(item, opened, scan.Id, path, index, after, cancel);
                if (ended)
                    return false;
            }
            while (more);
        }

        return true;
    }

    /// <summary>Lists a page and records it; lists it again where a notification was quicker than the recording.</summary>
    private async Task<(bool More, string? Last, bool Cancelled)> Page(
        WorkItem item, OpenConnector opened, Guid scan, S3Path path, int index, string? after, CancellationToken cancel)
    {
        for (var look = 1; ; look++)
        {
            var at = await discovery.Now(item.Tenant, cancel);
            var page = await opened.Source.List(path.Bucket, path.Prefix, after, _options.ListingPage, cancel);
            var end = page.Objects.Count > 0 ? page.Objects[^1].Key : after;
            var upTo = page.More ? end : null;
            var outcome = await Record(
                item, opened.Connector, scan, new(at, page.Objects, path.Prefix, after, upTo), new(page.More ? index : index + 1, upTo),
                last: look == Looks, cancel);
            if (outcome != PageOutcome.Overtaken)
                return (page.More, end, outcome == PageOutcome.Cancelled);
        }
    }

    /// <summary>Records what a page changes, together with the place that it ends at.</summary>
    private async Task<PageOutcome> Record(
        WorkItem item, Connector connector, Guid scan, ListedPage page, ScanPosition position, bool last, CancellationToken cancel)
    {
        await using var session = await postgres.Pipeline(item.Tenant, cancel);
        await queue.SaveProgress(session, item, DomainJson.Write(position), cancel);
        Discovered discovered;
        try
        {
            discovered = await discovery.Record(session, connector, page, cancel);
        }
        catch (ConcurrencyException) when (!last)
        {
            return PageOutcome.Overtaken;
        }

        // What is overtaken even by the last look was recorded from a later one: that stands.
        if (discovered.Overtaken.Count > 0 && !last)
            return PageOutcome.Overtaken;
        if (!await ScanLog.Advance(session, scan, position, page.Objects.Count, discovered.Diff, cancel))
            return PageOutcome.Cancelled;
        await session.Commit(cancel);
        return PageOutcome.Recorded;
    }

    private async Task Complete(WorkItem item, Guid scan, Guid connector, CancellationToken cancel)
    {
        await using var session = await postgres.Pipeline(item.Tenant, cancel);
        await log.Complete(session, scan, connector, cancel);
        await queue.Complete(session, [item], cancel);
        await session.Commit(cancel);
    }

    private async Task Cancel(WorkItem item, Guid scan, CancellationToken cancel)
    {
        await using var session = await postgres.Pipeline(item.Tenant, cancel);
        await log.Cancel(session, scan, cancel);
        await queue.Complete(session, [item], cancel);
        await session.Commit(cancel);
    }

    private async Task Refused(WorkItem item, ScanWork work, SourceFailure failure, CancellationToken cancel)
    {
        await using var session = await postgres.Pipeline(item.Tenant, cancel);
        if (failure.Class == FailureClass.Connector)
        {
            await log.Fail(session, work.ScanId, failure.Code, failure.Message, cancel);
            await queue.Complete(session, [item], cancel);
            await session.Commit(cancel);
            await health.Suspend(item.Tenant, work.ConnectorId, failure, cancel);
            return;
        }

        if (await Attempts.SinceProgress(session, item, cancel) < queue.Options.MaxAttempts)
        {
            await queue.Retry(session, item, failure.Code, failure.Message, cancel);
        }
        else
        {
            await log.Fail(session, work.ScanId, failure.Code, failure.Message, cancel);
            await queue.Bury(session, item, failure.Code, failure.Message, cancel);
        }

        await session.Commit(cancel);
    }

    private enum PageOutcome
    {
        Recorded,
        Overtaken,
        Cancelled,
    }
}
