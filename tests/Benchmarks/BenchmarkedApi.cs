using System.Globalization;
using System.Net.Http.Headers;
using QualityIngest.Client;
using QualityIngest.TestKit;
using QualityIngest.TestKit.S3;

namespace QualityIngest.Benchmarks;

/// <summary>The API in a process of its own, on a database of its own.</summary>
public sealed class BenchmarkedApi : IAsyncDisposable
{
    private const string AdminKey = "benchmark-admin-key-0123456789abcdef";

    private readonly ApiProcess _process;

    private BenchmarkedApi(ApiProcess process, int postmaster) => (_process, Postmaster) = (process, postmaster);

    /// <summary>The process id of the API.</summary>
    public int Id => _process.Id;

    /// <summary>The process id of its PostgreSQL.</summary>
    public int Postmaster { get; }

    /// <summary>Starts it.</summary>
    public static async Task<BenchmarkedApi> Start(TestDatabase database, CancellationToken cancel)
    {
        await using var command = database.Source.CreateCommand("select pg_read_file('postmaster.pid')");
        var file = (string)(await command.ExecuteScalarAsync(cancel))!;
        var postmaster = int.Parse(file.Split('\n')[0], CultureInfo.InvariantCulture);
        return new(await ApiProcess.Start(new Dictionary<string, string>
        {
            ["ConnectionStrings__Postgres"] = database.ConnectionString,
            ["Admin__ApiKey"] = AdminKey,
            ["Outbound__Allow__0"] = "127.0.0.1",
        }, cancel), postmaster);
    }

    /// <summary>Makes a tenant; the client has a key of it.</summary>
    public async Task<QualityIngestClient> NewTenant(string tenant, CancellationToken cancel)
    {
        var admin = Client(AdminKey);
        await admin.CreateTenantAsync(new() { Id = tenant, Name = "Benchmark" }, cancellationToken: cancel);
        var key = await admin.CreateApiKeyAsync(
            new() { Name = "Benchmark", Tenant = tenant, Scopes = ["connectors:read", "connectors:write", "conversations:read", "webhooks:write"] }, cancellationToken: cancel);
        return Client(key.Secret);
    }

    /// <summary>A connector that reads what lies in a bucket under a prefix.</summary>
    public static ConnectorInput Connector(string format, S3Server s3, string bucket, string prefix) => new()
    {
        Name = "Benchmark",
        Format = format,
        Source = new()
        {
            Region = S3Server.Region,
            Endpoint = s3.Endpoint,
            Paths = new UnifiedPath { Path = $"s3://{bucket}/{prefix}" },
            Credentials = new AccessKeyCredentials { AccessKeyId = s3.AccessKey, SecretAccessKey = s3.SecretKey },
        },
    };

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private QualityIngestClient Client(string key) =>
        new(new HttpClient { BaseAddress = _process.Address, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", key) } });
}
