using QualityIngest.Database;
using QualityIngest.Domain.Connectors;
using QualityIngest.Domain.Feeds;
using QualityIngest.Domain.Sources;
using QualityIngest.EventStore;

namespace QualityIngest.Domain.Ingest;

/// <summary>Records what keeps a batch from being imported. What it showed before is still shown.</summary>
public sealed class BatchFailures(
    Postgres postgres, WorkQueue queue, ConnectorHealth health, BatchFiles files, EventStore.EventStore events)
{
    /// <summary>
    /// A bucket or an object refused: the connector's failures suspend it, what passes by itself is tried again, and an
    /// object's own fails the batch. An object that was exchanged or removed since the directory was listed has it listed again.
    /// </summary>
    public async Task Refused(WorkItem item, Guid connector, SourceFailure failure, CancellationToken cancel)
    {
        if (failure.Class == FailureClass.Connector)
        {
            await health.Suspend(item.Tenant, connector, failure, [item], cancel);
            return;
        }

        var passes = failure.Class == FailureClass.Transient
            || failure.Code == S3Failures.ObjectChanged.Code || failure.Code == S3Failures.ObjectMissing.Code;
        if (!passes)
            await Fail(item, new(failure.Code, failure.Message, failure.Retryable), bury: false, cancel);
        else if (!await TryAgain(item, failure.Code, failure.Message, cancel))
            await Fail(item, new(failure.Code, failure.Message, Retryable: true), bury: true, cancel);
    }

    /// <summary>Lets the work wait for another attempt. False: it had them all.</summary>
    public async Task<bool> TryAgain(WorkItem item, string code, string detail, CancellationToken cancel)
    {
        await using var session = await postgres.Pipeline(item.Tenant, cancel);
        if (await Attempts.SinceProgress(session, item, cancel) >= queue.Options.MaxAttempts)
            return false;
        await queue.Retry(session, item, code, detail, cancel);
        await session.Commit(cancel);
        return true;
    }

    /// <summary>
    /// Fails the batch, and the file that was read at that moment, which its sentence names. An import that is shown already
    /// goes on to be folded with the next retry.
    /// </summary>
    /// <param name="item">The work that failed.</param>
    /// <param name="failure">Why.</param>
    /// <param name="bury">Whether the work becomes a dead letter: its attempts are used up.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task Fail(WorkItem item, FileFailure failure, bool bury, CancellationToken cancel)
    {
        var work = DomainJson.Read<BatchWork>(item.Payload);
        var id = Ids.Batch(work.SourceId, work.Path);
        await using var session = await postgres.Pipeline(item.Tenant, cancel);
        var reading = await session.Query(
            new Statement(
                "select id, key from files where tenant_id = $1 and batch_id = $2 and status = 'processing' order by key limit 100", item.Tenant, id),
            row => (Id: row.GetGuid(0), Key: row.GetString(1)), cancel);
        var locked = await events.Lock(session.Transaction, item.Tenant, [id, .. reading.Select(r => r.Id)], cancel);
        if (BatchState.Fold(id, locked.GetValueOrDefault(id)?.Events) is { Status: BatchStatus.Importing } batch)
        {
            var counts = await session.Scalar<string>(
                new Statement("select progress::text from feed_imports where tenant_id = $1 and id = $2", item.Tenant, batch.ImportId!.Value), cancel);
            var rows = counts is null ? new() : DomainJson.Read<ImportProgress>(counts).Rows;
            foreach (var file in reading)
                await files.Failed(session, file.Id, failure, rows, cancel);
            var detail = reading is [var one, ..] ? $"{one.Key}: {failure.Detail}" : failure.Detail;
            var failed = new BatchFailed(batch.ImportId, failure.Code, detail, failure.Retryable);
            await events.Append(
                session.Transaction, item.Tenant,
                [new StreamAppend(id, BatchState.StreamType, batch.Version, [failed], BatchState.Apply(batch, failed))], cancel);
            await FeedImports.GiveUp(session, id, cancel);
        }

        if (bury)
            await queue.Bury(session, item, failure.Code, failure.Detail, cancel);
        else
            await queue.Complete(session, [item], cancel);
        await session.Commit(cancel);
    }
}
