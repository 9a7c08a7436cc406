using Microsoft.Extensions.DependencyInjection;
using QualityIngest.Api.Tests.Ingest.Nodes;
using QualityIngest.Api.Tests.Ingest.Races;
using QualityIngest.Client;
using QualityIngest.Domain.Ingest;

namespace QualityIngest.Api.Tests.Ingest.Quotas;

/// <summary>Two nodes of three workers each, on one database.</summary>
public sealed class NodeTests(Cluster<NodeTests.Node> cluster) : IClassFixture<Cluster<NodeTests.Node>>
{
    private const int Workers = 6;

    [SkippableFact]
    public async Task Workers_of_two_nodes_that_want_the_last_bytes_at_once_charge_them_once_and_to_the_oldest()
    {
        await using var limited = await cluster.First.ArrangeLimited(1_500);
        await limited.Put("b.csv", 1_000);
        await limited.Put("a.csv", 1_000);

        await WhileAllWait(limited, 2);

        Assert.Equal([FileStatus.Ingested, FileStatus.Deferred], await limited.Statuses("b.csv", "a.csv"));
        Assert.Equal(1_000, await limited.Used());
    }

    [SkippableFact]
    public async Task Whatever_is_claimed_first_the_oldest_are_read()
    {
        // The younger, the lower the key: the listing's order is the reverse of time's.
        var random = new Random(20_251_120);
        int[] sizes = [.. Enumerable.Range(0, 24).Select(_ => random.Next(400, 1_200))];
        string[] names = [.. sizes.Select((_, i) => $"f-{sizes.Length - i:00}.csv")];
        var limit = sizes.Take(15).Sum() + 399;
        await using var limited = await cluster.First.ArrangeLimited(limit);
        for (var i = 0; i < sizes.Length; i++)
            await limited.Put(names[i], sizes[i]);

        await WhileAllWait(limited, Workers);

        Assert.Equal(
            names.Select((_, i) => i < 15 ? FileStatus.Ingested : FileStatus.Deferred),
            await limited.Statuses(names));
        Assert.Equal((limit - 399, true), (await limited.Used(), (await limited.Quota()).Ended));
        Assert.Equal(limit - 399, await Charged(limited));
    }

    [SkippableFact]
    public async Task The_sweeps_of_two_nodes_ask_for_each_deferred_file_once()
    {
        await using var limited = await cluster.First.ArrangeLimited(1_000);
        string[] deferred = ["e.csv", "d.csv", "c.csv", "b.csv", "a.csv"];
        await limited.Put("f.csv", 900);
        foreach (var name in deferred)
            await limited.Put(name, 400);
        await limited.Bucket.Ingest();
        Assert.All(await limited.Statuses(deferred), s => Assert.Equal(FileStatus.Deferred, s));

        await cluster.First.NextDay();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i =>
            (i % 2 == 0 ? cluster.First : cluster.Second).Services.GetRequiredService<QuotaSweep>().Sweep(default)));
        await limited.Until(FileStatus.Ingested, deferred[..2]);
        await limited.Bucket.Idle();

        Assert.Equal(
            [FileStatus.Ingested, FileStatus.Ingested, FileStatus.Deferred, FileStatus.Deferred, FileStatus.Deferred],
            await limited.Statuses(deferred));
        Assert.Equal(800, await limited.Used());
        Assert.Equal(["file_discovered", "file_deferred", "file_started", "file_ingested"], await limited.Events("d.csv"));
    }

    [SkippableFact]
    public async Task A_connector_that_one_node_has_refreshed_cools_down_for_the_other()
    {
        var bucket = await cluster.First.ArrangeReady();
        await bucket.Ingest();

        var other = cluster.Second.Client(bucket.Tenant.Secret);

        await Answer.Refused(429, "refresh_cooldown", () => other.StartScanAsync(bucket.Connector.Id));
    }

    /// <summary>Holds the tenant's quota until so many workers have claimed a file and want it admitted, then lets them go on.</summary>
    private async Task WhileAllWait(Limited limited, int workers)
    {
        await using (var blocker = await Blocker.Hold(
            cluster.First.Database, "select from quotas where tenant_id = $1 for update", limited.Bucket.Tenant.Id))
        {
            await limited.Client.StartScanAsync(limited.Bucket.Connector.Id);
            await blocker.Blocks(workers);
        }

        await Arranged.Until(async () => (await limited.Client.ListScansAsync(limited.Bucket.Connector.Id)).Items.All(s => s.Status == ScanStatus.Completed));
        await limited.Bucket.Idle();
    }

    private static async Task<long> Charged(Limited limited)
    {
        await using var command = limited.Host.Database.Source.CreateCommand(
            "select sum(bytes)::bigint from quota_charges where tenant_id = $1 and opened and day = utc_day()");
        command.Parameters.AddWithValue(limited.Bucket.Tenant.Id);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>A node of three workers.</summary>
    public sealed class Node : QuotaHost
    {
        protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>(base.Settings)
        {
            ["Ingest:Files"] = $"{Workers / 2}",
            ["Ingest:RefreshCooldown"] = "00:00:10",
            ["Secrets:Keys:0"] = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
        };
    }
}
