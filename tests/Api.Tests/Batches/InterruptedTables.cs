using Microsoft.Extensions.DependencyInjection;
using QualityIngest.Database;
using QualityIngest.Domain.Feeds;
using QualityIngest.Domain.Feeds.CallRecords;
using QualityIngest.Domain.Formats.Feeds;

namespace QualityIngest.Api.Tests.Batches;

/// <summary>Calls a test before every step of an import, within its transaction: what it throws is what a crash there leaves.</summary>
public sealed class Interruptions
{
    private int _steps;

    /// <summary>What happens at the step of that number, from 1.</summary>
    public Func<int, Task> At { get; set; } = _ => Task.CompletedTask;

    /// <summary>Steps so far.</summary>
    public int Steps => _steps;

    /// <summary>Begins to count anew.</summary>
    public void Reset(Func<int, Task> at) => (_steps, At) = (0, at);

    /// <summary>Passes a step.</summary>
    public Task Pass() => At(Interlocked.Increment(ref _steps));
}

/// <summary>A table of feeds that passes every call.</summary>
public sealed class InterruptedTable(IFeedTable table, Interruptions interruptions) : IFeedTable
{
    public FeedKind Kind => table.Kind;

    public async Task<FeedStored> Store(
        PipelineSession session, FeedImport import, BatchFile file, IReadOnlyList<FeedRow> rows, CancellationToken cancel)
    {
        var stored = await table.Store(session, import, file, rows, cancel);
        await interruptions.Pass();
        return stored;
    }

    public async Task<long> Complete(PipelineSession session, FeedImport import, CancellationToken cancel)
    {
        var rows = await table.Complete(session, import, cancel);
        await interruptions.Pass();
        return rows;
    }

    public async Task<IReadOnlyList<FeedConversation>> Conversations(
        PipelineSession session, IReadOnlyCollection<Guid> imports, Guid after, int limit, CancellationToken cancel)
    {
        await interruptions.Pass();
        return await table.Conversations(session, imports, after, limit, cancel);
    }

    public Task<bool> Delete(PipelineSession session, Guid import, int limit, CancellationToken cancel) =>
        table.Delete(session, import, limit, cancel);
}

/// <summary>A host whose imports a test can interrupt.</summary>
public sealed class InterruptedHost : BatchHost
{
    /// <summary>What is called at every step.</summary>
    public Interruptions Interruptions { get; } = new();

    protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>(base.Settings)
    {
        ["Ingest:Batches"] = "2",
        ["Work:Lease"] = "00:00:01",
        ["Work:MaxAttempts"] = "5",
    };

    protected override void Configure(IServiceCollection services)
    {
        services.AddSingleton<CallRecordTable>();
        services.AddSingleton<TranscriptMessages>();
        services.AddSingleton(s => new FeedTables(
        [
            new InterruptedTable(s.GetRequiredService<CallRecordTable>(), Interruptions),
            new InterruptedTable(s.GetRequiredService<TranscriptMessages>(), Interruptions),
        ]));
    }
}
