using QualityIngest.Domain.Sources;
using QualityIngest.TestKit.S3;

namespace QualityIngest.Domain.Tests.Sources;

public sealed class LocatorReaderTests
{
    [SkippableTheory]
    [InlineData("in/audio/a b+c.wav", "audio/a b+c.wav", 1)]
    [InlineData("in/audio/a b+c.wav", "in/audio/a b+c.wav", 1)]
    [InlineData("audio/a b+c.wav", "audio/a b+c.wav", 2)]
    [InlineData("audio/a b+c.wav", "/audio/a b+c.wav", 1)]
    [InlineData("audio/a b+c.wav", "s3://BUCKET/audio/a b+c.wav", 1)]
    [InlineData("audio/a b+c.wav", "ENDPOINT/BUCKET/audio/a%20b%2Bc.wav", 1)]
    [InlineData("audio/a b.wav", "ENDPOINT/BUCKET/audio/a+b.wav", 2)]
    public async Task A_locator_leads_to_the_object_in_as_few_requests_as_can_be(string key, string locator, int requests)
    {
        await using var reading = await Reading.Start();
        await reading.Server.Put(reading.Bucket, key, "sound");
        locator = locator.Replace("BUCKET", reading.Bucket, StringComparison.Ordinal).Replace("ENDPOINT", reading.Proxy.Endpoint, StringComparison.Ordinal);

        Assert.Equal("sound", await Read(reading, locator));
        Assert.Equal(requests, reading.Proxy.Requests.Count);
    }

    [SkippableFact]
    public async Task What_lies_nowhere_is_missing_and_what_is_refused_is_told_why()
    {
        await using var reading = await Reading.Start();

        Assert.Equal("object_missing", (await Reading.Failure(() => Read(reading, "nowhere.wav"))).Code);
        var refused = await Reading.Failure(() => Read(reading, "s3://third-bucket/a.wav"));
        Assert.Equal(("locator_not_allowed", FailureClass.Item, false), (refused.Code, refused.Class, refused.Retryable));
    }

    [SkippableFact]
    public async Task A_key_that_may_be_missing_or_denied_is_tried_in_its_other_place_too()
    {
        await using var reading = await Reading.Start();
        await reading.Server.Put(reading.Bucket, "audio/a.wav", "sound");
        reading.Proxy.Inject(request => request.Key == "in/audio/a.wav", Fault.Error(403, "AccessDenied", "Access Denied"));

        Assert.Equal("sound", await Read(reading, "audio/a.wav"));
    }

    [SkippableFact]
    public async Task A_denial_is_the_connector_s_when_nothing_can_be_read_and_the_object_s_otherwise()
    {
        await using var reading = await Reading.Start();
        await reading.Server.Put(reading.Bucket, "in/a.csv", "x");
        reading.Proxy.Inject(request => request.Key.EndsWith(".wav", StringComparison.Ordinal), Fault.Error(403, "AccessDenied", "Access Denied"));
        var one = await Reading.Failure(() => Read(reading, "audio/a.wav"));
        reading.Proxy.Inject(request => request.IsRead, Fault.Error(403, "AccessDenied", "Access Denied"));
        var all = await Reading.Failure(() => Read(reading, "audio/a.wav"));

        Assert.Equal(("get_denied", FailureClass.Item), (one.Code, one.Class));
        Assert.Equal(("get_denied", FailureClass.Connector), (all.Code, all.Class));
    }

    [SkippableFact]
    public async Task A_limit_of_the_caller_counts()
    {
        await using var reading = await Reading.Start();
        await reading.Server.Put(reading.Bucket, "in/a.wav", "sound");
        var source = reading.Open();
        var target = Locator.Resolve("a.wav", source.Access.Settings, source.Paths[0].Path);

        Assert.Equal("file_too_large", (await Reading.Failure(() => reading.Locators.Open(source, target, 4, default))).Code);
    }

    [SkippableTheory]
    [InlineData("https://10.0.0.1/a.wav", "10.0.0.1")]
    [InlineData("https://169.254.169.254/latest/meta-data", "169.254.169.254")]
    [InlineData("https://localhost/a.wav", "localhost")]
    public async Task The_guard_stands_before_every_host_on_the_list(string locator, string host)
    {
        await using var reading = await Reading.Start();
        reading.Outbound = new() { Allow = ["127.0.0.1:" + new Uri(reading.Proxy.Endpoint).Port] };

        var failure = await Reading.Failure(() => Read(reading, locator, host));

        Assert.Equal(("outbound_refused", FailureClass.Item), (failure.Code, failure.Class));
    }

    private static async Task<string> Read(Reading reading, string locator, string? host = null)
    {
        var source = reading.Open(reading.Access(reading.Settings() with { AllowedHosts = host is null ? [] : [host] }));
        var target = Locator.Resolve(locator, source.Access.Settings, source.Paths[0].Path);
        return await Reading.Text(await reading.Locators.Open(source, target, null, default));
    }
}
