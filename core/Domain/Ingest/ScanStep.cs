using Microsoft.Extensions.Options;
using QualityIngest.Database;
using QualityIngest.Domain.Connectors;
using QualityIngest.Domain.Files;
using QualityIngest.Domain.Formats;
using QualityIngest.Domain.Quotas;
using QualityIngest.Domain.Scans;
using QualityIngest.Domain.Sources;

namespace QualityIngest.Domain.Ingest;

/// <summary>
/// Discover: lists a connector's paths page by page and sets each page against the ledger.
/// A page's events, its work and the place it ends at commit together, so that a crash resumes at the page it left.
/// </summary>
public sealed class ScanStep(
    Postgres postgres, WorkQueue queue, EventStore.EventStore events, ConnectorAccess access, ConnectorHealth health,
    ScanLog log, FileFormats formats, DailyQuota quotas, IOptions<IngestOptions> options) : IWorkStep
{
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
                var page = await opened.Source.List(path.Bucket, path.Prefix, after, _options.ListingPage, cancel);
                more = page.More;
                var last = page.Objects.Count > 0 ? page.Objects[^1].Key : after;
                var position = new ScanPosition(more ? index : index + 1, more ? last : null);
                if (!await Record(item, opened.Connector, scan.Id, path, after, page, position, cancel))
                    return false;
                after = last;
            }
            while (more);
        }

        return true;
    }

    private async Task<bool> Record(
        WorkItem item, Connector connector, Guid scan, S3Path path, string? after, ListingPage page, ScanPosition position,
        CancellationToken cancel)
    {
        await using var session = await postgres.Pipeline(item.Tenant, cancel);
        await queue.SaveProgress(session, item, DomainJson.Write(position), cancel);

        var listed = page.Objects.Where(o => formats[connector.Format].IsCandidate(o.Key)).ToList();
        var upTo = page.More ? page.Objects[^1].Key : null;
        var differences = await Differences(session, connector.SourceId, path.Prefix, after, upTo, listed, cancel);
        var limited = quotas.Limits.ContainsKey(connector.Format) && differences.Any(d => d.Known);
        if (limited)
            await quotas.Lock(session, connector.Format, cancel);
        var locked = await events.Lock(
            session.Transaction, item.Tenant, [.. differences.Select(d => Ids.File(connector.SourceId, d.Key))], cancel);
        var states = locked.ToDictionary(s => s.Key, s => FileState.Fold(s.Key, s.Value.Events)!);
        var diff = PageDiff.Decide(differences, states, formats[connector.Format], connector);

        await events.Append(session.Transaction, item.Tenant, diff.Appends, cancel);
        if (limited)
            await DailyQuota.Refund(session, connector.Format, [.. diff.Outdated.Select(id => (id, (string?)null))], cancel);
        await queue.Enqueue(session, item.Tenant, diff.Work, cancel);
        if (!await ScanLog.Advance(session, scan, position, page.Objects.Count, diff, cancel))
            return false;
        await session.Commit(cancel);
        return true;
    }

    private static Task<List<Difference>> Differences(
        PipelineSession session, Guid source, string prefix, string? after, string? upTo, IReadOnlyList<ListedObject> listed,
        CancellationToken cancel) =>
        session.Query(
            Statement.File<ScanStep>(
                "Ingest/DiffPage.sql", session.Tenant, source, prefix, after ?? "", upTo,
                listed.Select(o => o.Key).ToArray(), listed.Select(o => o.ETag).ToArray(),
                listed.Select(o => o.Size).ToArray(), listed.Select(o => o.LastModified.UtcDateTime).ToArray()),
            row => new Difference(
                row.GetString(0),
                row.IsDBNull(1) ? null : new(row.GetString(0), row.GetString(1), row.GetInt64(2), row.GetFieldValue<DateTimeOffset>(3), ""),
                !row.IsDBNull(4)),
            cancel);

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
}
