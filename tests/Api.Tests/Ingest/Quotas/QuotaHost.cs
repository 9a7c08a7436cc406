using QualityIngest.Client;
using QualityIngest.TestKit.S3;

namespace QualityIngest.Api.Tests.Ingest.Quotas;

/// <summary>A host that limits quality-csv too, so high that only a tenant with a limit of its own meets it, and whose day a test can end.</summary>
public class QuotaHost : IngestHost
{
    /// <summary>The format that is limited.</summary>
    public const string Format = "quality-csv";

    private int _daysAhead;

    /// <inheritdoc/>
    protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>(base.Settings)
    {
        [$"Quota:BytesADay:{Format}"] = "1000000000000",
        ["Quota:Sweep"] = "00:00:00.100",
    };

    /// <summary>A ready tenant that may ingest so many bytes a day, whose connector reads through a proxy.</summary>
    public async Task<Limited> ArrangeLimited(long bytesADay)
    {
        S3Server.RequireOrSkip();
        var proxy = await FaultProxy.Start((await S3Server.Shared()).Endpoint);
        var bucket = await ArrangeReady(input => Faults.FaultHost.Behind(proxy, input));
        var limited = new Limited(this, bucket, proxy);
        await limited.Limit(bytesADay);
        return limited;
    }

    /// <summary>Lets midnight pass, for everybody.</summary>
    public async Task NextDay()
    {
        _daysAhead++;
        await using var command = Database.Source.CreateCommand(
            $"create or replace function qi.utc_day() returns date language sql stable as $$ select (clock_timestamp() at time zone 'utc')::date + {_daysAhead} $$");
        await command.ExecuteNonQueryAsync();
    }
}

/// <summary>A tenant with a limit.</summary>
public sealed record Limited(QuotaHost Host, Arranged Bucket, FaultProxy Proxy) : IAsyncDisposable
{
    /// <summary>The tenant's client.</summary>
    public QualityIngestClient Client => Bucket.Client;

    /// <summary>Changes the limit.</summary>
    public Task Limit(long bytesADay) =>
        Host.Admin.SetTenantQuotaAsync(Bucket.Tenant.Id, QuotaHost.Format, new() { BytesADay = bytesADay });

    /// <summary>Puts a file of exactly so many bytes, at least 400, with one conversation that is called like it.</summary>
    public async Task Put(string name, int bytes, string prefix = "calls/")
    {
        var content = $"{Arranged.Header}\n{Arranged.Row(name.Replace('/', '-'), script: "calls/chats/all.json")}\n";
        await Bucket.S3.Put(Bucket.Bucket, "calls/chats/all.json", """{"1":{"type":"USER","text":"Hi","timestamp":1749562200000,"userId":"u"}}""");
        await Bucket.S3.Put(Bucket.Bucket, prefix + name, content.PadRight(bytes, '\n'));
    }

    /// <summary>Where the files stand, in the order of these names.</summary>
    public async Task<IReadOnlyList<FileStatus>> Statuses(params string[] names)
    {
        var files = (await Client.ListFilesAsync(limit: 100)).Items.ToDictionary(f => f.Key[(f.Key.IndexOf('/', StringComparison.Ordinal) + 1)..], f => f.Status);
        return [.. names.Select(n => files[n])];
    }

    /// <summary>Waits until the files stand so.</summary>
    public Task Until(FileStatus status, params string[] names) =>
        Arranged.Until(async () => (await Statuses(names)).All(s => s == status));

    /// <summary>The types of a file's events.</summary>
    public async Task<IEnumerable<string>> Events(string name) =>
        (await Client.ListFileEventsAsync((await Bucket.File(name)).Id)).Select(e => e.Type);

    /// <summary>Today's quota, which usage and connector tell alike.</summary>
    public async Task<QuotaUse> Quota()
    {
        var quota = (await Client.GetUsageAsync()).Quotas.Single(q => q.Format == QuotaHost.Format);
        var shown = (await Client.GetConnectorAsync(Bucket.Connector.Id)).Quota!;
        Assert.Equal((quota.UsedBytes, quota.LimitBytes, quota.Ended, quota.Day), (shown.UsedBytes, shown.LimitBytes, shown.Ended, shown.Day));
        return quota;
    }

    /// <summary>The bytes that are charged today.</summary>
    public async Task<long> Used() => (await Quota()).UsedBytes;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Proxy.DisposeAsync();
}

/// <summary>One host for the rules of quotas.</summary>
[CollectionDefinition(Name)]
public sealed class QuotaCollection : ICollectionFixture<QuotaHost>
{
    /// <summary>The collection's name.</summary>
    public const string Name = "quotas";
}
