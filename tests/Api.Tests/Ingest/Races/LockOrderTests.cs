using Microsoft.Extensions.DependencyInjection;
using QualityIngest.Api.Tests.Ingest.Faults;
using QualityIngest.Client;
using QualityIngest.Database;
using QualityIngest.Domain.Ingest;
using QualityIngest.Domain.Scheduling;

namespace QualityIngest.Api.Tests.Ingest.Races;

/// <summary>What meets over the same rows takes them in the same order: one waits, none dies of a deadlock.</summary>
[Collection(FaultCollection.Name)]
public sealed class LockOrderTests(FaultHost host)
{
    private const string LockConnector = "select from connectors where id = $1 for update";

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_mapping_is_saved_while_the_connectors_release_runs(bool mappingFirst)
    {
        var bucket = await host.ArrangeReady();
        var queue = await bucket.Client.CreateQueueAsync(new() { Name = "Late" });
        await bucket.PutScript("c-1");
        await bucket.PutCsv("day.csv", [Arranged.Row("c-1", queue: "Q2")]);
        await bucket.Ingest();
        var set = await bucket.Client.GetQueueMappingsAsync(bucket.Connector.Id);
        var saved = Task.CompletedTask;
        Func<Task>[] contenders =
        [
            () => Task.FromResult(saved = bucket.Client.ReplaceQueueMappingsAsync(
                bucket.Connector.Id, $"\"{set.Version}\"", new() { Mappings = [new() { ExternalId = "Q2", QueueId = queue.Id }] })),
            () => Enqueue(bucket, ReleaseStep.Item(bucket.Connector.Id)),
        ];

        await using (var blocker = await Blocker.Hold(host.Database, LockConnector, bucket.Connector.Id))
        {
            await contenders[mappingFirst ? 0 : 1]();
            await blocker.Blocks(1);
            await contenders[mappingFirst ? 1 : 0]();
            await blocker.Blocks(2);
        }

        await saved;
        await bucket.Idle();
        Assert.Equal(ConversationStatus.Completed, (await bucket.Conversation("c-1")).Status);
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_refresh_and_a_firing_of_the_schedule_start_one_scan(bool refreshFirst)
    {
        var bucket = await host.ArrangeReady();
        Task refreshed = Task.CompletedTask, fired = Task.CompletedTask;
        Action[] contenders =
        [
            () => refreshed = bucket.Client.StartScanAsync(bucket.Connector.Id),
            () => fired = host.Services.GetRequiredService<IScheduledScan>().Fire(
                bucket.Tenant.Id, bucket.Connector.Id, DateTimeOffset.FromUnixTimeMilliseconds(1_750_000_000_000), default),
        ];

        await using (var blocker = await Blocker.Hold(host.Database, LockConnector, bucket.Connector.Id))
        {
            contenders[refreshFirst ? 0 : 1]();
            await blocker.Blocks(1);
            contenders[refreshFirst ? 1 : 0]();
            await blocker.Blocks(2);
        }

        await fired;
        var refusal = await Record.ExceptionAsync(() => refreshed);
        await bucket.Idle();
        var scans = (await bucket.Client.ListScansAsync(bucket.Connector.Id)).Items;
        Assert.All(scans, s => Assert.Equal(ScanStatus.Completed, s.Status));
        Assert.True(refusal is null or QualityIngestException<Problem> { Result.Code: "scan_running" }, refusal?.Message);
        Assert.Equal(refusal is null && !refreshFirst ? 2 : 1, scans.Count);
    }

    [SkippableFact]
    public async Task Of_two_overlapping_connectors_that_are_enabled_at_once_one_is_refused()
    {
        var bucket = await host.ArrangeReady();
        await bucket.Client.DisableConnectorAsync(bucket.Connector.Id);
        var second = await bucket.Client.CreateConnectorAsync(IngestHost.Input(bucket.S3, bucket.Bucket, "calls/more/") with { Name = "Other" });
        await bucket.Client.DisableConnectorAsync(second.Id);
        await using var read = host.Database.Source.CreateCommand("select source_id from connectors where id = $1");
        read.Parameters.AddWithValue(second.Id);
        var source = (Guid)(await read.ExecuteScalarAsync())!;

        Task<Connector>[] enabling;
        await using (var blocker = await Blocker.Hold(host.Database, "select from sources where id = $1 for update", source))
        {
            enabling = [bucket.Client.EnableConnectorAsync(bucket.Connector.Id), bucket.Client.EnableConnectorAsync(second.Id)];
            await blocker.Blocks(2);
        }

        var outcomes = await Task.WhenAll(enabling.Select(async task => (await Record.ExceptionAsync(() => task)) is { } refused
            ? ((QualityIngestException<Problem>)refused).Result.Code
            : "enabled"));
        Assert.Equal(["enabled", "paths_overlap"], outcomes.Order());
    }

    private async Task Enqueue(Arranged bucket, NewWorkItem item)
    {
        await using var session = await host.Database.Postgres.System(default);
        await host.Services.GetRequiredService<WorkQueue>().Enqueue(session, bucket.Tenant.Id, [item], default);
        await session.Commit(default);
    }
}
