using Microsoft.Extensions.DependencyInjection;
using QualityIngest.Api.Tests.Ingest;
using QualityIngest.Client;
using QualityIngest.Domain.Ingest;

namespace QualityIngest.Api.Tests.Events;

/// <summary>What is told of connectors when their tests fail and when their scans do not end.</summary>
public sealed class NoticeTests(NoticeTests.Cluster cluster) : IClassFixture<NoticeTests.Cluster>
{
    private const string Failed = "connector.test_failed", Stale = "connector.stale";

    private const string Sample =
        "c-1,Q1,ana@shop.example,2025-06-10T13:30:00Z,2025-06-10T13:45:00Z,chat,transcription,chats/c-1.json\n";

    [SkippableFact]
    public async Task A_failed_test_is_told_of_once_until_one_has_passed()
    {
        var bucket = await cluster.First.ArrangeReady();
        Task<ConnectionTestReport> Test() => bucket.Client.TestConnectorAsync(bucket.Connector.Id);

        var failed = await Test();
        Assert.False(failed.Passed);
        Assert.False((await Test()).Passed);
        var told = Assert.Single(await Told(bucket, Failed));
        var check = failed.Checks.First(c => c.Status == ConnectionCheckStatus.Failed);
        Assert.Equal((bucket.Connector.Id, check.Code, check.Message), (told.ConnectorId, told.ErrorCode, told.ErrorDetail));

        await bucket.PutScript("c-1");
        await bucket.S3.Put(bucket.Bucket, "calls/test.csv", $"{Arranged.Header}\n{Sample}");
        Assert.True((await Test()).Passed);
        Assert.Single(await Told(bucket, Failed));

        await bucket.S3.Put(bucket.Bucket, "calls/test.csv", "nothing\n");
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Test()));
        Assert.Equal([1, 2], (await Told(bucket, Failed)).Select(t => t.Version));
    }

    [SkippableFact]
    public async Task A_test_of_what_is_not_stored_is_told_to_nobody()
    {
        var bucket = await cluster.First.Arrange();

        var report = await bucket.Client.TestConnectorInputAsync(IngestHost.Input(bucket.S3, bucket.Bucket));

        Assert.False(report.Passed);
        Assert.Empty(await Told(bucket, Failed));
    }

    [SkippableFact]
    public async Task Two_nodes_tell_once_of_a_connector_whose_scans_do_not_end_until_one_does()
    {
        var bucket = await cluster.First.ArrangeReady();
        await Hourly(bucket);

        await Sweep();
        Assert.Empty(await Told(bucket, Stale));

        await Pass(bucket, hours: 3);
        await Sweep();
        await Sweep();
        Assert.Null(Assert.Single(await Told(bucket, Stale)).LastDiscoveryAt);

        await bucket.Ingest();
        await Sweep();
        Assert.Single(await Told(bucket, Stale));
        await Pass(bucket, hours: 3);
        await Sweep();
        Assert.NotNull((await Told(bucket, Stale)).Last().LastDiscoveryAt);
        Assert.Equal(2, (await Told(bucket, Stale)).Count);
    }

    [SkippableFact]
    public async Task A_suspended_connector_counts_and_a_disabled_one_does_not()
    {
        var (suspended, disabled) = (await cluster.First.ArrangeReady(), await cluster.First.ArrangeReady());
        await Hourly(suspended);
        await Hourly(disabled);
        await disabled.Client.DisableConnectorAsync(disabled.Connector.Id);
        await Pass(suspended, hours: 3);
        await Pass(disabled, hours: 3);
        await Execute(suspended, "update connectors set suspended_at = now(), suspended_code = 'x', suspended_detail = 'x', suspended_resolution = 'x' where id = $1");

        await Sweep();

        Assert.Single(await Told(suspended, Stale));
        Assert.Empty(await Told(disabled, Stale));
    }

    [SkippableFact]
    public async Task One_connector_that_cannot_be_told_of_keeps_no_other_from_it()
    {
        var (broken, stale) = (await cluster.First.ArrangeReady(), await cluster.First.ArrangeReady());
        await Hourly(broken);
        await Hourly(stale);
        await Pass(broken, hours: 3);
        await Pass(stale, hours: 3);
        await Execute(broken, "update connectors set schedule = '[]' where id = $1");

        await Sweep();

        Assert.Single(await Told(stale, Stale));
        await Execute(broken, "update connectors set schedule = null where id = $1");
    }

    private Task Sweep() => Task.WhenAll(
        new[] { cluster.First, cluster.Second, cluster.First, cluster.Second }.Select(n => n.Services.GetRequiredService<StaleSweep>().Sweep(CancellationToken.None)));

    private static async Task Hourly(Arranged bucket)
    {
        var connector = await bucket.Client.GetConnectorAsync(bucket.Connector.Id);
        await bucket.Client.SetScheduleAsync(
            connector.Id, $"\"{connector.Version}\"", new IntervalSchedule { Every = 1, Unit = IntervalUnit.Hours, StartAt = DateTimeOffset.UtcNow.AddDays(-7) });
    }

    /// <summary>Has time pass for a connector: whatever happened to it was so much earlier.</summary>
    private static Task Pass(Arranged bucket, int hours) => Execute(
        bucket, $"update connectors set updated_at = updated_at - interval '{hours} hours', last_discovery_at = last_discovery_at - interval '{hours} hours' where id = $1");

    private static async Task Execute(Arranged bucket, string sql)
    {
        await using var command = bucket.Host.Database.Source.CreateCommand(sql);
        command.Parameters.Add(new() { Value = bucket.Connector.Id });
        Assert.Equal(1, await command.ExecuteNonQueryAsync());
    }

    /// <summary>What the feed tells of the tenant's connectors, once all that is stored can be read there.</summary>
    private async Task<List<ConnectorData>> Told(Arranged bucket, string type)
    {
        var feed = cluster.First.Services.GetRequiredService<EventStore.EventFeed>();
        var stored = (await feed.Watermark(CancellationToken.None)).Drawn;
        await Eventually.Holds(async () => (await feed.Watermark(CancellationToken.None)).Final >= stored);
        return [.. (await bucket.Client.ListEventsAsync(type: [type], limit: 100)).Items.Select(e => (ConnectorData)e.Data)];
    }

    /// <summary>Two nodes whose schedules fire nothing and whose sweeps are the test's own.</summary>
    public sealed class Cluster : IAsyncLifetime
    {
        public Node First { get; } = new();

        public Node Second { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            await First.InitializeAsync();
            Second = new() { On = First.Database };
            await Second.InitializeAsync();
        }

        public async Task DisposeAsync()
        {
            await Second.DisposeAsync();
            await First.DisposeAsync();
        }
    }

    /// <summary>One of them.</summary>
    public sealed class Node : IngestHost
    {
        protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>(base.Settings)
        {
            ["Scheduling:Enabled"] = "false",
            ["Ingest:StaleSweep"] = "01:00:00",
            ["Secrets:Keys:0"] = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
        };
    }
}
