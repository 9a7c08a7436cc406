using QualityIngest.Domain.Sources;

namespace QualityIngest.Domain.Tests.Sources;

public sealed class LocatorTests
{
    private static readonly SourceSettings AtAws = new()
    {
        Region = "eu-central-1",
        Paths = new UnifiedPath("s3://bucket/conversations/"),
        Credentials = new AccessKeyCredentials("AKIA"),
        AllowedBuckets = ["other", "dotted.bucket"],
        AllowedHosts = ["media.example.com", "media.example.com:8443", "s3.amazonaws.com"],
    };

    [Theory]
    [InlineData("audio/a.wav", "conversations/audio/a.wav", "audio/a.wav")]
    [InlineData("conversations/audio/a.wav", "conversations/audio/a.wav", "conversations/conversations/audio/a.wav")]
    [InlineData("/audio/a.wav", "audio/a.wav", "conversations/audio/a.wav")]
    [InlineData("  a b+c%20.wav ", "conversations/a b+c%20.wav", "a b+c%20.wav")]
    [InlineData("12:30:00.wav", "conversations/12:30:00.wav", "12:30:00.wav")]
    [InlineData("conversations2/a.wav", "conversations/conversations2/a.wav", "conversations2/a.wav")]
    public void A_relative_key_is_tried_first_where_it_most_likely_lies(string locator, string first, string second) =>
        Assert.Equal([new BucketObject("bucket", first), new("bucket", second)], Objects(locator));

    [Fact]
    public void Under_the_bucket_s_root_there_is_one_place_only() =>
        Assert.Equal([new BucketObject("bucket", "a.wav")], Objects("a.wav", AtAws with { Paths = new UnifiedPath("s3://bucket/") }));

    [Theory]
    [InlineData("s3://bucket/a.wav", "bucket", "a.wav")]
    [InlineData("S3://other/x/a%20b+c.wav", "other", "x/a%20b+c.wav")]
    [InlineData("https://s3.amazonaws.com/bucket/a.wav", "bucket", "a.wav")]
    [InlineData("https://s3.eu-central-1.amazonaws.com/bucket/x/a.wav", "bucket", "x/a.wav")]
    [InlineData("https://s3-eu-west-1.amazonaws.com/bucket/a.wav", "bucket", "a.wav")]
    [InlineData("https://s3.dualstack.eu-central-1.amazonaws.com/bucket/a.wav", "bucket", "a.wav")]
    [InlineData("https://bucket.s3.amazonaws.com/x/a.wav", "bucket", "x/a.wav")]
    [InlineData("https://BUCKET.S3.EU-CENTRAL-1.amazonaws.com/a.wav", "bucket", "a.wav")]
    [InlineData("https://bucket.s3-accelerate.amazonaws.com/a.wav", "bucket", "a.wav")]
    [InlineData("https://dotted.bucket.s3.eu-central-1.amazonaws.com/a.wav", "dotted.bucket", "a.wav")]
    [InlineData("https://bucket.s3.cn-north-1.amazonaws.com.cn/a.wav", "bucket", "a.wav")]
    [InlineData("https://bucket.s3.amazonaws.com/a%20b%2Bc%252F%C3%A9.wav", "bucket", "a b+c%2Fé.wav")]
    [InlineData("https://bucket.s3.amazonaws.com/x//y.wav", "bucket", "x//y.wav")]
    [InlineData("https://bucket.s3.amazonaws.com/grün.wav", "bucket", "grün.wav")]
    [InlineData("https://bucket.s3.amazonaws.com/a.wav?X-Amz-Signature=00&X-Amz-Expires=60", "bucket", "a.wav")]
    public void A_bucket_s_object_is_named_in_many_ways_and_decoded_once_at_most(string locator, string bucket, string key) =>
        Assert.Equal([new BucketObject(bucket, key)], Objects(locator));

    [Fact]
    public void A_plus_in_a_URL_is_a_plus_and_else_the_space_that_the_console_shows_so() =>
        Assert.Equal([new BucketObject("bucket", "a+b.wav"), new("bucket", "a b.wav")], Objects("https://bucket.s3.amazonaws.com/a+b.wav"));

    [Theory]
    [InlineData("https://store.example.com/bucket/a%20b.wav")]
    [InlineData("https://STORE.example.com:443/bucket/a%20b.wav")]
    [InlineData("https://bucket.store.example.com/a%20b.wav")]
    public void The_connector_s_own_endpoint_is_its_store(string locator) =>
        Assert.Equal([new BucketObject("bucket", "a b.wav")], Objects(locator, AtAws with { Endpoint = "https://store.example.com" }));

    [Fact]
    public void AWS_s_own_endpoint_is_AWS_under_each_of_its_names() =>
        Assert.Equal([new BucketObject("bucket", "a.wav")], Objects("https://bucket.s3.amazonaws.com/a.wav", AtAws with { Endpoint = "https://s3.eu-central-1.amazonaws.com" }));

    [Fact]
    public void Even_without_TLS_the_connector_s_own_endpoint_is_its_store() =>
        Assert.Equal([new BucketObject("bucket", "a.wav")], Objects("http://127.0.0.1:9000/bucket/a.wav", AtAws with { Endpoint = "http://127.0.0.1:9000" }));

    [Theory]
    [InlineData("https://media.example.com/a.wav?token=x%2Fy")]
    [InlineData("https://MEDIA.example.com/a.wav")]
    [InlineData("https://media.example.com:8443/a.wav")]
    [InlineData("https://s3.amazonaws.com/third-bucket/a.wav?X-Amz-Signature=00")]
    public void Another_URL_is_read_as_given_when_its_host_is_on_the_list(string locator) =>
        Assert.Equal(new Uri(locator), Assert.IsType<HttpsObject>(Resolve(locator)).Url);

    [Theory]
    [InlineData("", "locator_invalid")]
    [InlineData("   ", "locator_invalid")]
    [InlineData("/", "locator_invalid")]
    [InlineData("folder/", "locator_invalid")]
    [InlineData("a\u0000b", "locator_invalid")]
    [InlineData("../other/a.wav", "locator_invalid")]
    [InlineData("a/../../b.wav", "locator_invalid")]
    [InlineData("./a.wav", "locator_invalid")]
    [InlineData("s3://bucket", "locator_invalid")]
    [InlineData("s3://bucket/", "locator_invalid")]
    [InlineData("s3:///a.wav", "locator_invalid")]
    [InlineData("s3://bucket//a.wav", "locator_invalid")]
    [InlineData("//a.wav", "locator_invalid")]
    [InlineData("s3://bucket/../third/a.wav", "locator_invalid")]
    [InlineData("ftp://host/a.wav", "locator_invalid")]
    [InlineData("file:///etc/passwd", "locator_invalid")]
    [InlineData("https://", "locator_invalid")]
    [InlineData("https://user@media.example.com/a.wav", "locator_invalid")]
    [InlineData("https://bucket.s3.amazonaws.com/a%2.wav", "locator_invalid")]
    [InlineData("https://bucket.s3.amazonaws.com/a%FF.wav", "locator_invalid")]
    [InlineData("https://bucket.s3.amazonaws.com/%2E%2E/third/a.wav", "locator_invalid")]
    [InlineData("https://bucket.s3.amazonaws.com/", "locator_invalid")]
    [InlineData("https://bucket.s3.amazonaws.com/a.wav?versionId=1", "locator_invalid")]
    [InlineData("s3://third-bucket/a.wav", "locator_not_allowed")]
    [InlineData("https://third.s3.amazonaws.com/a.wav", "locator_not_allowed")]
    [InlineData("https://s3.eu-central-1.amazonaws.com/third-bucket/a.wav", "locator_not_allowed")]
    [InlineData("https://elsewhere.example.com/a.wav", "locator_not_allowed")]
    [InlineData("https://media.example.com:9/a.wav", "locator_not_allowed")]
    [InlineData("https://media.example.com.evil.example/a.wav", "locator_not_allowed")]
    [InlineData("http://media.example.com/a.wav", "locator_not_allowed")]
    [InlineData("http://bucket.s3.amazonaws.com/a.wav", "locator_not_allowed")]
    [InlineData("https://bucket.s3.execute-api.amazonaws.com/a.wav", "locator_not_allowed")]
    public void What_leads_nowhere_is_refused_by_name(string locator, string code) =>
        Assert.Equal(code, Assert.IsType<LocatorRefused>(Resolve(locator)).Code);

    [Fact]
    public void A_key_is_never_longer_than_S3_s() => Assert.IsType<LocatorRefused>(Resolve(new string('é', 600)));

    private static LocatorTarget Resolve(string locator, SourceSettings? settings = null) =>
        Locator.Resolve(locator, settings ?? AtAws, (settings ?? AtAws).Paths.All()[0].Path);

    private static IReadOnlyList<BucketObject> Objects(string locator, SourceSettings? settings = null) =>
        Assert.IsType<BucketObjects>(Resolve(locator, settings)).Candidates;
}
