using QualityIngest.Client;
using QualityIngest.TestKit.S3;

namespace QualityIngest.Api.Tests.Ingest.Faults;

/// <summary>A host whose batches and listing pages are small, so that a fault can meet the middle of a file or of a listing.</summary>
public sealed class FaultHost : IngestHost
{
    /// <summary>Rows a transaction.</summary>
    public const int BatchRows = 10;

    /// <summary>Keys a listing page.</summary>
    public const int ListingPage = 5;

    /// <inheritdoc/>
    protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>(base.Settings)
    {
        ["Ingest:BatchRows"] = $"{BatchRows}",
        ["Ingest:ListingPage"] = $"{ListingPage}",
        ["Ingest:ProbeFirst"] = "00:00:00.100",
        ["Ingest:ProbeMax"] = "00:00:00.200",
    };

    /// <summary>A ready tenant whose connector reads through a proxy.</summary>
    public async Task<Faulty> ArrangeFaulty(Func<ConnectorInput, ConnectorInput>? change = null)
    {
        S3Server.RequireOrSkip();
        var proxy = await FaultProxy.Start((await S3Server.Shared()).Endpoint);
        var bucket = await ArrangeReady(input => (change ?? (i => i))(Behind(proxy, input)));
        return new(bucket, proxy);
    }

    /// <summary>The same configuration, read through a proxy.</summary>
    public static ConnectorInput Behind(FaultProxy proxy, ConnectorInput input) =>
        input with { Source = input.Source with { Endpoint = proxy.Endpoint } };

    /// <summary>The same configuration, read as somebody else.</summary>
    public static ConnectorInput As(string accessKey, string secretKey, ConnectorInput input) =>
        input with { Source = input.Source with { Credentials = new AccessKeyCredentials { AccessKeyId = accessKey, SecretAccessKey = secretKey } } };
}

/// <summary>One host for all that goes wrong.</summary>
[CollectionDefinition(Name)]
public sealed class FaultCollection : ICollectionFixture<FaultHost>
{
    /// <summary>The collection's name.</summary>
    public const string Name = "faults";
}

/// <summary>A bucket behind a proxy that plays faults.</summary>
public sealed record Faulty(Arranged Bucket, FaultProxy Proxy) : IAsyncDisposable
{
    /// <summary>Puts a CSV of so many chats that share one script.</summary>
    public async Task PutRows(string name, int count, string prefix = "c")
    {
        await Bucket.PutScript("all");
        await Bucket.PutCsv(name, Enumerable.Range(1, count).Select(i => Arranged.Row($"{prefix}-{i}", script: "chats/all.json")));
    }

    /// <summary>Starts a scan without waiting for anything.</summary>
    public Task<Scan> Start() => Bucket.Client.StartScanAsync(Bucket.Connector.Id);

    /// <summary>Waits until the connector rests, and says why.</summary>
    public async Task<string> Suspended()
    {
        Suspension? suspension = null;
        await Arranged.Until(async () => (suspension = (await Bucket.Client.GetConnectorAsync(Bucket.Connector.Id)).Suspension) is not null);
        return suspension!.Code;
    }

    /// <summary>Waits until the connector works again and has nothing left to do.</summary>
    public async Task Resumed()
    {
        await Arranged.Until(async () => (await Bucket.Client.GetConnectorAsync(Bucket.Connector.Id)).Suspension is null);
        await Arranged.Until(async () => (await Bucket.Client.ListScansAsync(Bucket.Connector.Id)).Items.All(s => s.Status != ScanStatus.Running));
        await Bucket.Idle();
    }

    /// <summary>The reads of a key so far.</summary>
    public int Reads(string name) => Proxy.Requests.Count(r => r.IsRead && r.Key == $"calls/{name}");

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Proxy.DisposeAsync();
}
