using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using QualityIngest.Api.Tests.Ingest.Faults;
using QualityIngest.Client;
using QualityIngest.Domain.Scheduling;
using QualityIngest.TestKit.S3;

namespace QualityIngest.Api.Tests.Ingest.Nodes;

/// <summary>Two nodes on one database, the clock of one of them 20 minutes ahead.</summary>
public sealed class TwoNodeTests(TwoNodeTests.Cluster cluster) : IClassFixture<TwoNodeTests.Cluster>
{
    private const int Rows = 40;

    [SkippableFact]
    public async Task They_share_a_files_conversations_and_complete_each_once()
    {
        await using var faulty = await Arrange();
        for (var i = 1; i <= Rows; i++)
            await faulty.Bucket.PutScript($"c-{i}");
        await faulty.Bucket.PutCsv("day.csv", Enumerable.Range(1, Rows).Select(i => Arranged.Row($"c-{i}")));
        var gate = new TaskCompletionSource();
        var held = faulty.Proxy.Inject(r => r.Key.StartsWith("calls/chats/", StringComparison.Ordinal), Fault.Before(cancel => gate.Task.WaitAsync(cancel)));

        // Each node fetches one transcript at a time: that two are wanted at once takes both.
        await faulty.Start();
        await Arranged.Until(() => Task.FromResult(held.Hits == 2));
        gate.SetResult();
        await faulty.Bucket.Idle();

        (await faulty.Bucket.File("day.csv")).Is(FileStatus.Ingested, accepted: Rows);
        var conversations = (await faulty.Bucket.Client.ListConversationsAsync(limit: 100, status: ConversationStatus.Completed)).Items;
        Assert.Equal(Rows, conversations.Count);
        Assert.All(conversations, c => Assert.Equal(3, c.Version));
        Assert.Equal(Rows, held.Hits);
    }

    [SkippableFact]
    public async Task They_read_files_of_the_same_conversations_side_by_side_and_store_each_once()
    {
        await using var faulty = await Arrange();
        await faulty.PutRows("a.csv", Rows);
        await faulty.PutRows("b.csv", Rows);
        var gate = new TaskCompletionSource();
        var held = faulty.Proxy.Inject(r => r.Key.EndsWith(".csv", StringComparison.Ordinal), Fault.Before(cancel => gate.Task.WaitAsync(cancel)));

        await faulty.Start();
        await Arranged.Until(() => Task.FromResult(held.Hits == 2));
        gate.SetResult();
        await faulty.Bucket.Idle();

        var (a, b) = ((await faulty.Bucket.File("a.csv")).Counts, (await faulty.Bucket.File("b.csv")).Counts);
        Assert.Equal((Rows, Rows), (a.Accepted + b.Accepted, a.Duplicate + b.Duplicate));
        Assert.Equal((Rows, Rows), (a.RowsRead, b.RowsRead));
        Assert.All((await faulty.Bucket.Client.ListConversationsAsync(limit: 100)).Items, c => Assert.Equal((1, 3), (c.Revision, c.Version)));
    }

    [SkippableFact]
    public async Task A_due_time_that_both_fire_is_scanned_once()
    {
        await using var faulty = await Arrange();
        var due = DateTimeOffset.FromUnixTimeMilliseconds(1_750_000_000_000);
        var nodes = new[] { cluster.First, cluster.Ahead }.Select(n => n.Services.GetRequiredService<IScheduledScan>()).ToList();
        Task Fire(int node) => nodes[node].Fire(faulty.Bucket.Tenant.Id, faulty.Bucket.Connector.Id, due, default);

        await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Fire(i % 2)));
        await faulty.Bucket.Idle();
        await Fire(0);
        await Fire(1);

        var scan = Assert.Single((await faulty.Bucket.Client.ListScansAsync(faulty.Bucket.Connector.Id)).Items);
        Assert.Equal((ScanStatus.Completed, ScanTrigger.Schedule, due), (scan.Status, scan.Trigger, scan.DueAt));
        Assert.Single(faulty.Proxy.Requests, r => r.IsListing);
    }

    private async Task<Faulty> Arrange()
    {
        S3Server.RequireOrSkip();
        var proxy = await FaultProxy.Start((await S3Server.Shared()).Endpoint);
        return new(await cluster.First.ArrangeReady(input => FaultHost.Behind(proxy, input)), proxy);
    }

    /// <summary>The two nodes.</summary>
    public sealed class Cluster : IAsyncLifetime
    {
        public Node First { get; } = new(TimeSpan.Zero);

        public Node Ahead { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            await First.InitializeAsync();
            Ahead = new(TimeSpan.FromMinutes(20)) { On = First.Database };
            await Ahead.InitializeAsync();
        }

        public async Task DisposeAsync()
        {
            await Ahead.DisposeAsync();
            await First.DisposeAsync();
        }
    }

    /// <summary>A node that does one thing of a kind at a time, by a clock of its own.</summary>
    public sealed class Node(TimeSpan ahead) : IngestHost
    {
        protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>(base.Settings)
        {
            ["Ingest:Files"] = "1",
            ["Ingest:BatchRows"] = "10",
            ["Ingest:ResolveBatch"] = "4",
            ["Ingest:ResolveBatches"] = "1",
            ["Ingest:Fetches"] = "1",
            ["Secrets:Keys:0"] = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
        };

        protected override void Configure(IServiceCollection services) =>
            services.Replace(ServiceDescriptor.Singleton<TimeProvider>(new WrongClock(ahead)));
    }

    private sealed class WrongClock(TimeSpan ahead) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + ahead;
    }
}
