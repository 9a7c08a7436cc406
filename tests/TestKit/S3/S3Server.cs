using System.Text;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using QualityIngest.TestKit.Processes;
using Xunit;

namespace QualityIngest.TestKit.S3;

/// <summary>
/// A real S3 server for tests: a Ceph gateway in memory, started once for the process and ended with it,
/// or the server that <c>TEST_S3_ENDPOINT</c>, <c>TEST_S3_ACCESS_KEY</c> and <c>TEST_S3_SECRET_KEY</c> name.
/// It speaks STS on the same URL. Every test makes its own bucket, so tests may run side by side.
/// </summary>
public sealed class S3Server : IDisposable
{
    /// <summary>What clients sign with; the server does not check it.</summary>
    public const string Region = "us-east-1";

    private static readonly Lazy<Task<S3Server>> One = new(Start);

    private readonly CephCluster? cluster;
    private readonly Lazy<AmazonS3Client> fixtures;

    private S3Server(CephCluster? cluster, string endpoint, string accessKey, string secretKey)
    {
        this.cluster = cluster;
        (Endpoint, AccessKey, SecretKey) = (endpoint.TrimEnd('/'), accessKey, secretKey);
        fixtures = new(Client);
    }

    /// <summary>The server's URL for S3 and STS, without a trailing slash.</summary>
    public string Endpoint { get; }

    /// <summary>The owner of all buckets.</summary>
    public string AccessKey { get; }

    /// <summary>The owner's secret.</summary>
    public string SecretKey { get; }

    /// <summary>The server of this process, started by the first call. A missing server skips the test, and fails it where CI=true.</summary>
    public static Task<S3Server> Shared()
    {
        RequireOrSkip();
        return One.Value;
    }

    /// <summary>Why no server can be had here, or null.</summary>
    public static string? Unavailable()
        => Environment.GetEnvironmentVariable("TEST_S3_ENDPOINT") is { Length: > 0 } || CephCluster.Missing() is not { Count: > 0 } missing
            ? null
            : $"No S3 server: {string.Join(", ", missing)} missing. Install with: apt-get install -y --no-install-recommends {CephCluster.Packages}";

    /// <summary>Skips the running <c>[SkippableFact]</c> when there is no server; fails it where CI=true.</summary>
    public static void RequireOrSkip()
    {
        if (Unavailable() is not { } reason)
            return;
        if (Environment.GetEnvironmentVariable("CI") == "true")
            throw new InvalidOperationException(reason);
        Skip.If(true, reason);
    }

    /// <summary>Makes a user without rights and without buckets. Skips the test on a server that is not our own.</summary>
    public async Task<S3User> CreateUser(string name)
    {
        var owned = OwnedOrSkip();
        var user = new S3User($"{name}-{Unique()}", "QI" + Unique().ToUpperInvariant(), Unique() + Unique());
        await owned.Administer("user", "create", "--uid", user.Name, "--display-name", user.Name,
            "--access-key", user.AccessKey, "--secret-key", user.SecretKey, "--max-buckets=-1");
        return user;
    }

    /// <summary>Makes a role that may be assumed under <paramref name="trust"/> and then do what <paramref name="policy"/> allows.</summary>
    /// <param name="name">Made unique by a random ending.</param>
    /// <param name="trust">The assume-role policy document, JSON.</param>
    /// <param name="policy">The permission policy document, JSON.</param>
    /// <returns>The role's ARN. Skips the test on a server that is not our own.</returns>
    public async Task<string> CreateRole(string name, string trust, string policy)
    {
        var owned = OwnedOrSkip();
        var role = $"{name}-{Unique()}";
        await owned.Administer("role", "create", "--role-name", role, "--assume-role-policy-doc", trust);
        await owned.Administer("role-policy", "put", "--role-name", role, "--policy-name", "rights", "--policy-doc", policy);
        return $"arn:aws:iam:::role/{role}";
    }

    /// <summary>A client of the owner, for laying out fixtures; the caller disposes it.</summary>
    public AmazonS3Client Client() => Client(new BasicAWSCredentials(AccessKey, SecretKey));

    /// <summary>A client of somebody else; the caller disposes it.</summary>
    public AmazonS3Client Client(AWSCredentials credentials, string? endpoint = null) => new(credentials, new AmazonS3Config
    {
        ServiceURL = endpoint ?? Endpoint,
        ForcePathStyle = true,
        AuthenticationRegion = Region,
        MaxErrorRetry = 0,
    });

    /// <summary>Makes an empty bucket with a name of its own.</summary>
    public async Task<string> NewBucket()
    {
        var bucket = "b-" + Unique();
        await fixtures.Value.PutBucketAsync(bucket);
        return bucket;
    }

    /// <summary>Lets users, roles or everybody at a bucket, by a policy document in JSON.</summary>
    public Task PutPolicy(string bucket, string policy)
        => fixtures.Value.PutBucketPolicyAsync(new PutBucketPolicyRequest { BucketName = bucket, Policy = policy });

    /// <summary>Stores an object and returns its ETag, quoted as S3 gives it.</summary>
    public async Task<string> Put(string bucket, string key, byte[] content)
    {
        using var stream = new MemoryStream(content, writable: false);
        var response = await fixtures.Value.PutObjectAsync(new PutObjectRequest
        {
            BucketName = bucket,
            Key = key,
            InputStream = stream,
            UseChunkEncoding = false, // The SDK's chunked checksum is refused by the gateway.
        });
        return response.ETag;
    }

    /// <summary>Stores a text as UTF-8 and returns its ETag, quoted as S3 gives it.</summary>
    public Task<string> Put(string bucket, string key, string content) => Put(bucket, key, Encoding.UTF8.GetBytes(content));

    /// <summary>Removes an object.</summary>
    public Task Delete(string bucket, string key) => fixtures.Value.DeleteObjectAsync(bucket, key);

    /// <summary>Ends the server, if it is our own.</summary>
    public void Dispose()
    {
        if (fixtures.IsValueCreated)
            fixtures.Value.Dispose();
        cluster?.Stop();
    }

    private static async Task<S3Server> Start()
    {
        if (Environment.GetEnvironmentVariable("TEST_S3_ENDPOINT") is { Length: > 0 } endpoint)
            return new(null, endpoint, Required("TEST_S3_ACCESS_KEY"), Required("TEST_S3_SECRET_KEY"));

        Workplace.Sweep();
        var cluster = await CephCluster.Start();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => cluster.Stop();
        var (access, secret) = ("QIOWNER" + Unique().ToUpperInvariant(), Unique() + Unique());
        await cluster.Administer("user", "create", "--uid", "owner", "--display-name", "owner",
            "--access-key", access, "--secret-key", secret, "--max-buckets=100000");
        return new(cluster, cluster.Endpoint, access, secret);
    }

    private CephCluster OwnedOrSkip()
    {
        Skip.If(cluster is null, "Users and roles cannot be made on the server of TEST_S3_ENDPOINT.");
        return cluster!;
    }

    private static string Required(string name)
        => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : throw new InvalidOperationException($"{name} is not set.");

    private static string Unique() => Guid.NewGuid().ToString("N")[..16];
}
