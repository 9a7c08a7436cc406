using QualityIngest.Api.Tests.Ingest;
using QualityIngest.Client;

namespace QualityIngest.Api.Tests.Feeds;

/// <summary>A host for connectors of feeds, with chunks and pages that few rows fill.</summary>
public class FeedHost : IngestHost
{
    /// <inheritdoc/>
    protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>(base.Settings)
    {
        ["Ingest:FeedRows"] = "10",
        ["Ingest:FoldPage"] = "7",
        ["Ingest:FeedSweep"] = "00:00:00.200",
        ["Ingest:FeedSweepRows"] = "5",
    };

    /// <summary>A tenant with a bucket and a connector of feeds that reads the bucket's <c>calls/</c>.</summary>
    public Task<Arranged> ArrangeFeeds(FeedSettings? feeds = null, Func<ConnectorInput, ConnectorInput>? change = null) =>
        Arrange(input => (change ?? (i => i))(input with { Format = "feeds", Feeds = feeds }));

    /// <summary>Another connector of the same bucket and tenant, for another folder.</summary>
    public static Task<Connector> Another(
        Arranged bucket, string prefix, FeedSettings? feeds = null, Func<ConnectorInput, ConnectorInput>? change = null) =>
        bucket.Client.CreateConnectorAsync(
            (change ?? (i => i))(Input(bucket.S3, bucket.Bucket, prefix) with { Name = prefix, Format = "feeds", Feeds = feeds }));
}

/// <summary>One host for the classes that need no settings of their own: every test has a tenant of its own.</summary>
[CollectionDefinition(Name)]
public sealed class FeedCollection : ICollectionFixture<FeedHost>
{
    /// <summary>The collection's name.</summary>
    public const string Name = "feeds";
}
