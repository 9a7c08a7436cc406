using QualityIngest.Client;
using QualityIngest.TestKit.S3;

namespace QualityIngest.Api.Tests.Ingest;

/// <summary>The API with a real S3 server beside it and short waits, for tests of the whole flow.</summary>
public class IngestHost : ApiHost
{
    /// <inheritdoc/>
    protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>
    {
        ["Outbound:Allow:0"] = "127.0.0.1",
        ["Ingest:Poll"] = "00:00:00.020",
        ["Ingest:RefreshCooldown"] = "00:00:00",
        ["Ingest:ProbeFirst"] = "00:00:01",
        ["Scheduling:PollInterval"] = "00:00:01",
        ["Work:FirstBackoff"] = "00:00:00.050",
        ["Work:MaxBackoff"] = "00:00:00.200",
        ["Work:MaxAttempts"] = "3",
    };

    /// <summary>A tenant with a bucket, queues, agents and a connector that reads the bucket's <c>calls/</c>.</summary>
    public async Task<Arranged> Arrange(Func<ConnectorInput, ConnectorInput>? change = null)
    {
        S3Server.RequireOrSkip();
        var s3 = await S3Server.Shared();
        var tenant = await NewTenant();
        var bucket = await s3.NewBucket();
        var input = Input(s3, bucket);
        var connector = await tenant.Client.CreateConnectorAsync(change?.Invoke(input) ?? input);
        return new(this, s3, tenant, bucket, connector);
    }

    /// <summary>The same, with queue <c>Q1</c> mapped and the agent of <see cref="Arranged.Row"/> known: what arrives is not held.</summary>
    public async Task<Arranged> ArrangeReady(Func<ConnectorInput, ConnectorInput>? change = null)
    {
        var bucket = await Arrange(change);
        await bucket.MapQueue("Q1");
        await bucket.AddAgent(Arranged.Agent);
        return bucket;
    }

    /// <summary>A connector of the bucket's <c>calls/</c>, or of another prefix.</summary>
    public static ConnectorInput Input(S3Server s3, string bucket, string prefix = "calls/") => new()
    {
        Name = "Calls",
        Format = "quality-csv",
        RevisionPolicy = RevisionPolicy.Revise,
        Source = new()
        {
            Region = S3Server.Region,
            Endpoint = s3.Endpoint,
            Paths = new UnifiedPath { Path = $"s3://{bucket}/{prefix}" },
            Credentials = new AccessKeyCredentials { AccessKeyId = s3.AccessKey, SecretAccessKey = s3.SecretKey },
        },
    };
}

/// <summary>One host for the classes that need no settings of their own: every test has a tenant of its own.</summary>
[CollectionDefinition(Name)]
public sealed class IngestCollection : ICollectionFixture<IngestHost>
{
    /// <summary>The collection's name.</summary>
    public const string Name = "ingest";
}
