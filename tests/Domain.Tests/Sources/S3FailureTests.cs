using QualityIngest.Domain.Sources;
using QualityIngest.TestKit.S3;

namespace QualityIngest.Domain.Tests.Sources;

public sealed class S3FailureTests
{
    [SkippableFact]
    public async Task An_unknown_key_id_is_told_from_a_wrong_secret()
    {
        await using var reading = await Reading.Start();
        var stranger = reading.Access(reading.Settings() with { Credentials = new AccessKeyCredentials("QINOBODY") });

        var unknown = await Reading.Failure(() => reading.Open(stranger).Probe(default));
        var wrong = await Reading.Failure(() => reading.Open(reading.Access(secret: "not-the-secret")).Probe(default));
        var none = await Reading.Failure(() => reading.Open(reading.Access(secret: "")).Probe(default));

        Assert.Equal(("access_key_unknown", FailureClass.Connector), (unknown.Code, unknown.Class));
        Assert.Equal(("secret_key_wrong", FailureClass.Connector), (wrong.Code, wrong.Class));
        Assert.Equal(("secret_key_missing", FailureClass.Connector), (none.Code, none.Class));
    }

    [SkippableFact]
    public async Task A_missing_bucket_is_named()
    {
        await using var reading = await Reading.Start();
        var elsewhere = reading.Access(reading.Settings() with { Paths = new UnifiedPath("s3://no-such-bucket-here/in/") });

        var failure = await Reading.Failure(() => reading.Open(elsewhere).Probe(default));

        Assert.Equal(("no_such_bucket", FailureClass.Connector), (failure.Code, failure.Class));
    }

    [SkippableFact]
    public async Task Somebody_who_may_not_list_is_told_so_and_can_list_once_allowed()
    {
        await using var reading = await Reading.Start();
        await reading.Server.Put(reading.Bucket, "in/a.csv", "x");
        var user = await reading.Server.CreateUser("reader");
        var source = reading.Open(reading.AccessOf(user));

        var failure = await Reading.Failure(() => source.Probe(default));
        await reading.Server.PutPolicy(reading.Bucket, Allow(user, "s3:ListBucket", $"arn:aws:s3:::{reading.Bucket}"));
        var next = await Reading.Failure(() => source.Probe(default));

        Assert.Equal(("list_denied", FailureClass.Connector), (failure.Code, failure.Class));
        Assert.Equal(("get_denied", FailureClass.Connector), (next.Code, next.Class));
    }

    [SkippableFact]
    public async Task A_connector_that_may_read_nothing_is_told_from_an_object_that_it_may_not_read()
    {
        await using var reading = await Reading.Start();
        await reading.Server.Put(reading.Bucket, "in/a.csv", "x");
        await reading.Server.Put(reading.Bucket, "in/b.csv", "x");
        var user = await reading.Server.CreateUser("reader");
        var source = reading.Open(reading.AccessOf(user));

        await reading.Server.PutPolicy(reading.Bucket, Allow(user, "s3:ListBucket", $"arn:aws:s3:::{reading.Bucket}"));
        var everything = await Reading.Failure(() => source.Get(reading.Bucket, "in/a.csv", null, null, default));
        await reading.Server.PutPolicy(reading.Bucket, Allow(user, "s3:ListBucket\",\"s3:GetObject", $"arn:aws:s3:::{reading.Bucket}\",\"arn:aws:s3:::{reading.Bucket}/in/b.csv"));
        var one = await Reading.Failure(() => source.Get(reading.Bucket, "in/a.csv", null, null, default));
        await source.Probe(default);

        Assert.Equal(("get_denied", FailureClass.Connector), (everything.Code, everything.Class));
        Assert.Equal(("get_denied", FailureClass.Item, true), (one.Code, one.Class, one.Retryable));
    }

    [SkippableFact]
    public async Task An_object_that_is_missing_changed_or_too_large_is_named()
    {
        await using var reading = await Reading.Start();
        var etag = await reading.Server.Put(reading.Bucket, "in/a.csv", "12345");
        var source = reading.Open();

        var missing = await Reading.Failure(() => source.Get(reading.Bucket, "in/none.csv", null, null, default));
        var changed = await Reading.Failure(() => source.Get(reading.Bucket, "in/a.csv", "00000000000000000000000000000000", null, default));
        var large = await Reading.Failure(() => source.Get(reading.Bucket, "in/a.csv", null, 4, default));

        Assert.Equal(("object_missing", FailureClass.Item), (missing.Code, missing.Class));
        Assert.Equal(("object_changed", FailureClass.Item, false), (changed.Code, changed.Class, changed.Retryable));
        Assert.Equal(("file_too_large", FailureClass.Item, false), (large.Code, large.Class, large.Retryable));
        Assert.Equal("12345", await Reading.Text(await source.Get(reading.Bucket, "in/a.csv", etag.Trim('"'), 5, default)));
    }

    [SkippableFact]
    public async Task An_object_that_changes_between_listing_and_reading_is_not_read()
    {
        await using var reading = await Reading.Start();
        await reading.Server.Put(reading.Bucket, "in/a.csv", "old");
        var source = reading.Open();
        var entry = Assert.Single((await source.List(reading.Bucket, "in/", null, 1000, default)).Objects);
        reading.Proxy.Inject(request => request.IsRead, Fault.Before(_ => reading.Server.Put(reading.Bucket, "in/a.csv", "new")), times: 1);

        var failure = await Reading.Failure(() => source.Get(reading.Bucket, "in/a.csv", entry.ETag, null, default));

        Assert.Equal("object_changed", failure.Code);
    }

    [SkippableFact]
    public async Task Another_bucket_is_read_only_when_it_is_on_the_list_and_its_faults_are_the_rows()
    {
        await using var reading = await Reading.Start();
        var other = await reading.Server.NewBucket();
        await reading.Server.Put(other, "a.wav", "x");
        var listed = reading.Open(reading.Access(reading.Settings() with { AllowedBuckets = [other, "no-such-bucket-here"] }));

        var refused = await Reading.Failure(() => reading.Open().Get(other, "a.wav", null, null, default));
        var missing = await Reading.Failure(() => listed.Get("no-such-bucket-here", "a.wav", null, null, default));

        Assert.Equal(("bucket_not_allowed", FailureClass.Item), (refused.Code, refused.Class));
        Assert.Equal(("no_such_bucket", FailureClass.Item), (missing.Code, missing.Class));
        Assert.Equal("x", await Reading.Text(await listed.Get(other, "a.wav", null, null, default)));
    }

    public static TheoryData<string, Fault, string, FailureClass> Answers => new()
    {
        { "wrong region", Fault.WrongRegion("us-east-1", "eu-central-1"), "wrong_region", FailureClass.Connector },
        { "permanent redirect", Fault.PermanentRedirect("bucket", "eu-central-1"), "wrong_region", FailureClass.Connector },
        { "temporary redirect", Fault.Error(307, "TemporaryRedirect", "Please re-send this request to the specified temporary endpoint.", headers: new Dictionary<string, string> { ["Location"] = "http://127.0.0.1:9/x" }), "wrong_region", FailureClass.Connector },
        { "slow down", Fault.SlowDown(), "throttled", FailureClass.Transient },
        { "too many requests", Fault.Error(429, "TooManyRequests", ""), "throttled", FailureClass.Transient },
        { "internal error", Fault.InternalError(), "server_fault", FailureClass.Transient },
        { "bad gateway", Fault.Error(502, "", ""), "server_fault", FailureClass.Transient },
        { "hang-up", Fault.Hangup(), "", FailureClass.Transient },
        { "expired token", Fault.ExpiredToken(), "credentials_expired", FailureClass.Connector },
        { "KMS", Fault.KmsDenied(), "kms_refused", FailureClass.Connector },
        { "KMS key disabled", Fault.Error(400, "KMS.DisabledException", "arn:aws:kms:… is disabled."), "kms_refused", FailureClass.Connector },
        { "suspended account", Fault.Error(403, "AllAccessDisabled", "All access to this object has been disabled"), "account_disabled", FailureClass.Connector },
        { "clock", Fault.Error(403, "RequestTimeTooSkewed", "The difference between the request time and the current time is too large."), "clock_skew", FailureClass.Transient },
    };

    [SkippableTheory]
    [MemberData(nameof(Answers))]
    public async Task What_AWS_answers_everywhere_is_told_apart(string what, Fault fault, string code, FailureClass whose)
    {
        Assert.NotEmpty(what);
        await using var reading = await Reading.Start();
        await reading.Server.Put(reading.Bucket, "in/a.csv", "x");
        await reading.Server.Put(reading.Bucket, "in/b.csv", "x");
        var source = reading.Open();
        reading.Proxy.Inject(request => code != "kms_refused" || request.IsRead, fault);

        var reads = await Reading.Failure(() => source.Get(reading.Bucket, "in/a.csv", null, null, default));

        Assert.Equal((code.Length == 0 ? "network" : code, whose), (reads.Code, reads.Class));
        Assert.True(reads.Retryable);
        Assert.All([reads.Message, reads.Resolution], sentence => Assert.EndsWith(".", sentence, StringComparison.Ordinal));
        Assert.All(reading.Proxy.Requests, request => Assert.Equal("GET", request.Method));
        if (code == "kms_refused")
            return;
        var lists = await Reading.Failure(() => source.List(reading.Bucket, "in/", null, 1000, default));
        Assert.Equal((code.Length == 0 ? "listing_cut_short" : code, whose), (lists.Code, lists.Class));
    }

    [SkippableFact]
    public async Task The_bucket_s_true_region_is_told()
    {
        await using var reading = await Reading.Start();
        reading.Proxy.Inject(request => request.IsListing, Fault.WrongRegion("us-east-1", "eu-central-1"), times: 1);
        reading.Proxy.Inject(request => request.IsListing, Fault.PermanentRedirect(reading.Bucket, "ap-south-1"));

        Assert.Contains("eu-central-1", (await Reading.Failure(() => reading.Open().Probe(default))).Resolution, StringComparison.Ordinal);
        Assert.Contains("ap-south-1", (await Reading.Failure(() => reading.Open().Probe(default))).Resolution, StringComparison.Ordinal);
    }

    public static TheoryData<string, Fault, string, bool> Objects => new()
    {
        { "archived", Fault.Archived(), "object_archived", true },
        { "KMS for one", Fault.KmsDenied(), "kms_refused", true },
        { "customer's key", Fault.Error(400, "InvalidRequest", "The object was stored using a form of Server Side Encryption. The correct parameters must be provided to retrieve the object."), "object_encrypted", false },
        { "delete marker", Fault.Error(405, "MethodNotAllowed", "The specified method is not allowed against this resource."), "object_missing", true },
        { "something new", Fault.Error(400, "SomethingNew", "Never heard of."), "request_refused", true },
    };

    [SkippableTheory]
    [MemberData(nameof(Objects))]
    public async Task What_is_wrong_with_one_object_is_the_object_s(string what, Fault fault, string code, bool retryable)
    {
        Assert.NotEmpty(what);
        await using var reading = await Reading.Start();
        await reading.Server.Put(reading.Bucket, "in/a.csv", "x");
        await reading.Server.Put(reading.Bucket, "in/b.csv", "x");
        reading.Proxy.Inject(request => request.Key == "in/a.csv", fault);

        var failure = await Reading.Failure(() => reading.Open().Get(reading.Bucket, "in/a.csv", null, null, default));

        Assert.Equal((code, FailureClass.Item, retryable), (failure.Code, failure.Class, failure.Retryable));
    }

    [SkippableFact]
    public async Task A_clock_that_the_store_corrects_costs_no_failure()
    {
        await using var reading = await Reading.Start();
        reading.Proxy.Inject(_ => true, Fault.Error(403, "RequestTimeTooSkewed", "The difference between the request time and the current time is too large."), times: 1);

        await reading.Open().Probe(default);

        Assert.Equal(2, reading.Proxy.Requests.Count);
    }

    [SkippableFact]
    public async Task A_storm_of_503_passes_and_leaves_no_trace()
    {
        await using var reading = await Reading.Start();
        await reading.Server.Put(reading.Bucket, "in/a.csv", "x");
        var storm = reading.Proxy.Inject(_ => true, Fault.SlowDown(), times: 20);
        var source = reading.Open();

        for (var attempt = 0; attempt < 20; attempt++)
            Assert.Equal("throttled", (await Reading.Failure(() => source.List(reading.Bucket, "in/", null, 1000, default))).Code);

        Assert.Equal(20, storm.Hits);
        Assert.Single((await source.List(reading.Bucket, "in/", null, 1000, default)).Objects);
    }

    internal static string Allow(S3User user, string action, string resource) =>
        $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":["{{user.Arn}}"]},"Action":["{{action}}"],"Resource":["{{resource}}"]}]}""";
}
