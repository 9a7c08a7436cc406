using System.Net;
using System.Text;
using System.Xml;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using QualityIngest.TestKit.S3;

namespace QualityIngest.Domain.Tests.Kit;

public sealed class FaultProxyTests : IAsyncLifetime
{
    private const string Content = "The quick brown fox jumps over the lazy dog.";

    private S3Server server = null!;
    private FaultProxy proxy = null!;
    private AmazonS3Client client = null!;
    private string bucket = "";

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        client?.Dispose();
        if (proxy is not null)
            await proxy.DisposeAsync();
    }

    [SkippableTheory]
    [InlineData("a.csv")]
    [InlineData("folder with space/a+b%2Fc:d é (1)~.csv")]
    [InlineData("a//b/./c.csv")]
    public async Task A_signed_request_passes_unharmed(string key)
    {
        await Given(key);

        Assert.Equal(Content, await Read(key));
        var listing = await client.ListObjectsV2Async(new() { BucketName = bucket });
        Assert.Equal([key], listing.S3Objects.Select(entry => entry.Key));
        Assert.Equal([(true, false, key), (false, true, "")], proxy.Requests.Select(request => (request.IsRead, request.IsListing, request.Key)));
    }

    [SkippableFact]
    public async Task An_upload_passes_with_its_signature()
    {
        await Given();

        await client.PutObjectAsync(new() { BucketName = bucket, Key = "b.csv", ContentBody = Content, UseChunkEncoding = false });

        Assert.Equal(Content, await Read("b.csv"));
    }

    public static TheoryData<string, int, string> Errors => new()
    {
        { nameof(Fault.SlowDown), 503, "SlowDown" },
        { nameof(Fault.WrongRegion), 400, "AuthorizationHeaderMalformed" },
        { nameof(Fault.PermanentRedirect), 301, "PermanentRedirect" },
        { nameof(Fault.KmsDenied), 403, "AccessDenied" },
        { nameof(Fault.Archived), 403, "InvalidObjectState" },
        { nameof(Fault.ExpiredToken), 400, "ExpiredToken" },
        { nameof(Fault.InternalError), 500, "InternalError" },
    };

    [SkippableTheory]
    [MemberData(nameof(Errors))]
    public async Task An_error_reads_as_if_AWS_had_said_it(string kind, int status, string code)
    {
        await Given();
        proxy.Inject(request => request.IsRead, kind switch
        {
            nameof(Fault.SlowDown) => Fault.SlowDown(),
            nameof(Fault.WrongRegion) => Fault.WrongRegion("us-east-1", "eu-central-1"),
            nameof(Fault.PermanentRedirect) => Fault.PermanentRedirect(bucket, "eu-central-1"),
            nameof(Fault.KmsDenied) => Fault.KmsDenied(),
            nameof(Fault.Archived) => Fault.Archived(),
            nameof(Fault.ExpiredToken) => Fault.ExpiredToken(),
            _ => Fault.InternalError(),
        });

        var error = await Assert.ThrowsAnyAsync<AmazonS3Exception>(() => Read("a.csv"));

        Assert.Equal((status, code), ((int)error.StatusCode, error.ErrorCode));
        Assert.NotEmpty(error.Message);
    }

    [SkippableFact]
    public async Task A_fault_skips_and_ends_as_it_was_told()
    {
        await Given();
        var rule = proxy.Inject(request => request.Key == "a.csv", Fault.SlowDown(), times: 1, skip: 1);

        Assert.Equal(Content, await Read("a.csv"));
        await Assert.ThrowsAnyAsync<AmazonS3Exception>(() => Read("a.csv"));
        Assert.Equal(Content, await Read("a.csv"));
        Assert.Equal(1, rule.Hits);
    }

    [SkippableFact]
    public async Task A_cut_body_promises_all_and_delivers_a_part()
    {
        await Given();
        proxy.Inject(request => request.IsRead, Fault.CutBody(after: 10));
        using var response = await client.GetObjectAsync(bucket, "a.csv");
        var read = new byte[Content.Length];

        Assert.Equal(Content.Length, response.ContentLength);
        await response.ResponseStream.ReadExactlyAsync(read.AsMemory(0, 10));
        Assert.Equal(Content[..10], Encoding.ASCII.GetString(read, 0, 10));
        await Assert.ThrowsAnyAsync<IOException>(() => response.ResponseStream.ReadExactlyAsync(read.AsMemory(10)).AsTask());
    }

    [SkippableFact]
    public async Task A_cut_listing_is_no_listing()
    {
        await Given();
        proxy.Inject(request => request.IsListing, Fault.CutListing());

        await Assert.ThrowsAnyAsync<XmlException>(() => client.ListObjectsV2Async(new() { BucketName = bucket }));
    }

    [SkippableFact]
    public async Task An_object_changes_between_two_requests()
    {
        await Given();
        var etag = (await client.GetObjectMetadataAsync(bucket, "a.csv")).ETag;
        proxy.Inject(request => request.IsRead, Fault.Before(_ => server.Put(bucket, "a.csv", "changed")), times: 1);

        var error = await Assert.ThrowsAnyAsync<AmazonS3Exception>(() => client.GetObjectAsync(
            new GetObjectRequest { BucketName = bucket, Key = "a.csv", EtagToMatch = etag }));

        Assert.Equal(HttpStatusCode.PreconditionFailed, error.StatusCode);
        Assert.Equal("changed", await Read("a.csv"));
    }

    [SkippableFact]
    public async Task A_request_waits_until_its_gate_opens()
    {
        await Given();
        var (arrived, gate) = (new TaskCompletionSource(), new TaskCompletionSource());
        proxy.Inject(request => request.IsRead, Fault.Before(_ =>
        {
            arrived.SetResult();
            return gate.Task;
        }));

        var reading = Read("a.csv");
        await arrived.Task;
        Assert.False(reading.IsCompleted);
        gate.SetResult();
        Assert.Equal(Content, await reading);
    }

    [SkippableFact]
    public async Task A_hangup_is_no_answer()
    {
        await Given();
        proxy.Inject(request => request.IsRead, Fault.Hangup());

        await Assert.ThrowsAnyAsync<IOException>(() => Read("a.csv"));
    }

    [SkippableFact]
    public async Task A_reader_gives_up_on_a_silent_server()
    {
        await Given();
        proxy.Inject(request => request.IsRead, Fault.Silence());
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.GetObjectAsync(bucket, "a.csv", patience.Token));
    }

    private async Task Given(string key = "a.csv")
    {
        server = await S3Server.Shared();
        proxy = await FaultProxy.Start(server.Endpoint);
        client = server.Client(new BasicAWSCredentials(server.AccessKey, server.SecretKey), proxy.Endpoint);
        bucket = await server.NewBucket();
        await server.Put(bucket, key, Content);
    }

    private async Task<string> Read(string key)
    {
        using var response = await client.GetObjectAsync(bucket, key);
        using var reader = new StreamReader(response.ResponseStream);
        return await reader.ReadToEndAsync();
    }
}
