using Microsoft.Extensions.Options;
using QualityIngest.Database;
using QualityIngest.Domain.Connectors;
using QualityIngest.Domain.Feeds;
using QualityIngest.Domain.Sources;
using QualityIngest.EventStore;

namespace QualityIngest.Domain.Ingest;

/// <summary>
/// Imports a directory of a feed: lists it, and, where its marker seals it, reads its files, shows what they brought in the
/// place of what it replaces, and has the conversations folded that this concerns. Every step commits how far it is.
/// </summary>
public sealed class BatchStep(
    Postgres postgres, WorkQueue queue, ConnectorAccess access, BatchListing listing, BatchSealing sealing, BatchImport reading,
    BatchSwap swap, BatchFold fold, BatchFailures failures, IOptions<IngestOptions> options) : IWorkStep
{
    private const int SwapAttempts = 3;
    private static readonly TimeSpan AMoment = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public string Kind => WorkKinds.Batch;

    /// <inheritdoc/>
    public int Batch => 1;

    /// <inheritdoc/>
    public int Concurrency => options.Value.Batches;

    /// <inheritdoc/>
    public async Task Run(IReadOnlyList<WorkItem> items, CancellationToken cancel)
    {
        foreach (var item in items)
            await Import(item, cancel);
    }

    /// <inheritdoc/>
    public Task GiveUp(WorkItem item, CancellationToken cancel) =>
        failures.Fail(item, new("attempts_exhausted", "The batch could not be imported within its attempts.", Retryable: true), bury: true, cancel);

    private async Task Import(WorkItem item, CancellationToken cancel)
    {
        var work = DomainJson.Read<BatchWork>(item.Payload);
        OpenConnector? opened = null;
        try
        {
            opened = await access.Open(item.Tenant, work.ConnectorId, work.SourceId, cancel);
            if (opened is null)
                await Drop(item, cancel);
            else
                await Import(item, work, opened, cancel);
        }
        catch (SourceException refused)
        {
            await failures.Refused(item, opened?.Connector.Id ?? work.ConnectorId, refused.Failure, cancel);
        }
        catch (BatchFileException unreadable)
        {
            var error = unreadable.Error;
            await failures.Fail(item, new(error.Code, $"Line {error.Line}: {error.Message}", Retryable: false), bury: false, cancel);
        }
        catch (ConcurrencyException)
        {
            const string Code = "concurrent_changes", Detail = "Other work was at the same conversations each time.";
            if (!await failures.TryAgain(item, Code, Detail, cancel))
                await failures.Fail(item, new(Code, Detail, Retryable: true), bury: true, cancel);
        }
    }

    private async Task Import(WorkItem item, BatchWork work, OpenConnector opened, CancellationToken cancel)
    {
        // What was shown is folded first, whatever came meanwhile.
        if (await Unfolded(item, work, opened.Connector, cancel) is { } shown)
            await fold.PageByPage(item, shown, isLast: false, cancel);

        await listing.List(item.Tenant, opened, work.Path, cancel);
        if (await sealing.Decide(item, work, opened.Connector, cancel) is not { } batch)
            return;
        var import = await reading.Read(item, opened, batch, cancel);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await Show(item, import, cancel);
                return;
            }
            catch (ConcurrencyException) when (attempt < SwapAttempts)
            {
                cancel.ThrowIfCancellationRequested();
            }
        }
    }

    private async Task Show(WorkItem item, StoredImport import, CancellationToken cancel)
    {
        await using (var session = await postgres.Pipeline(item.Tenant, cancel))
        {
            var (outcome, shown) = await swap.Show(session, import, cancel);
            if (outcome == SwapOutcome.Shown && import.Import.Snapshot)
                await fold.Within(session, shown, cancel);
            if (outcome == SwapOutcome.Busy)
                await queue.Return(session, [item], AMoment, cancel);
            else if (outcome == SwapOutcome.Shown && !import.Import.Snapshot)
                await queue.SaveProgress(session, item, DomainJson.Write(new BatchPlace(shown.Import.Id, shown.Progress)), cancel);
            else
                await queue.Complete(session, [item], cancel);
            await session.Commit(cancel);
            if (outcome != SwapOutcome.Shown || import.Import.Snapshot)
                return;
            import = shown;
        }

        await fold.PageByPage(item, import, isLast: true, cancel);
    }

    private async Task<StoredImport?> Unfolded(WorkItem item, BatchWork work, Connector connector, CancellationToken cancel)
    {
        await using var session = await postgres.Pipeline(item.Tenant, cancel);
        var import = await FeedImports.Unfolded(session, connector, Ids.Batch(work.SourceId, work.Path), cancel);
        var place = item.Progress is null ? null : DomainJson.Read<BatchPlace>(item.Progress);
        return import is not null && place?.ImportId == import.Import.Id ? import with { Progress = place.Progress } : import;
    }

    private async Task Drop(WorkItem item, CancellationToken cancel)
    {
        await using var session = await postgres.Pipeline(item.Tenant, cancel);
        await queue.Complete(session, [item], cancel);
        await session.Commit(cancel);
    }
}
