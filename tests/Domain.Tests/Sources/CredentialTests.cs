using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using QualityIngest.Domain.Outbound;
using QualityIngest.Domain.Sources;
using QualityIngest.TestKit.S3;

namespace QualityIngest.Domain.Tests.Sources;

public sealed class CredentialTests
{
    [SkippableFact]
    public async Task A_role_is_assumed_by_those_whom_it_trusts()
    {
        await using var reading = await Reading.Start();
        await reading.Server.Put(reading.Bucket, "in/a.csv", "x");
        var role = await Role(reading);

        await reading.Open(RoleAccess(reading, role)).Probe(default);
        var nobody = await Reading.Failure(() => reading.Open(RoleAccess(reading, role + "-that-is-not-there")).Probe(default));
        await using var other = await Reading.Start();
        var stranger = await other.Server.CreateUser("stranger");
        var distrusted = await Reading.Failure(() => other.Open(RoleAccess(other, role, stranger.AccessKey, stranger.SecretKey)).Probe(default));

        Assert.Equal(("role_not_assumable", FailureClass.Connector), (nobody.Code, nobody.Class));
        Assert.Equal(("role_not_assumable", FailureClass.Connector), (distrusted.Code, distrusted.Class));
    }

    [Fact]
    public async Task The_tenant_s_external_id_is_always_sent()
    {
        await using var tokens = await RecordingServer.Start();
        using var clients = new AwsClients(new(Reading.Wrap(new OutboundOptions { Allow = ["127.0.0.1"] })));
        using var identity = new DeploymentIdentity(new() { AccessKeyId = "AKIA", SecretAccessKey = "secret" }, clients, TimeSpan.Zero, TimeProvider.System, NullLogger.Instance);
        var settings = new SourceSettings
        {
            Region = "eu-central-1",
            StsEndpoint = tokens.Endpoint,
            Paths = new UnifiedPath("s3://bucket/"),
            Credentials = new IamRoleCredentials("arn:aws:iam::123456789012:role/reader"),
        };

        await Reading.Failure(() => AssumedRole.Assume(
            clients, identity, settings, "arn:aws:iam::123456789012:role/reader", "qi-1", TimeSpan.FromMinutes(20), TimeProvider.System, default));

        var form = Assert.Single(tokens.Forms);
        Assert.Equal(
            ("AssumeRole", "arn:aws:iam::123456789012:role/reader", "qi-1", "quality-ingest", "1200"),
            (form["Action"], form["RoleArn"], form["ExternalId"], form["RoleSessionName"], form["DurationSeconds"]));
    }

    [SkippableFact]
    public async Task A_session_is_kept_and_renewed_before_it_expires()
    {
        await using var reading = await Reading.Start();
        await reading.Server.Put(reading.Bucket, "in/a.csv", "x");
        var clock = new MovedClock();
        reading.Clock = clock;
        reading.Options = new() { RoleDuration = TimeSpan.FromMinutes(15), RoleRefreshBefore = TimeSpan.FromMinutes(5) };
        var source = reading.Open(RoleAccess(reading, await Role(reading)));

        await source.Probe(default);
        clock.Ahead = TimeSpan.FromMinutes(9);
        await source.Probe(default);
        Assert.Equal(1, TokenCalls(reading));

        reading.Proxy.Inject(request => request.IsTokenCall, Fault.Before(_ =>
        {
            clock.Ahead = TimeSpan.Zero; // The gateway issues by the true time.
            return Task.CompletedTask;
        }));
        clock.Ahead = TimeSpan.FromMinutes(11);
        await source.Probe(default);
        Assert.Equal(2, TokenCalls(reading));
    }

    [SkippableFact]
    public async Task A_token_service_that_fails_while_the_session_is_good_stops_nobody()
    {
        await using var reading = await Reading.Start();
        await reading.Server.Put(reading.Bucket, "in/a.csv", "x");
        var clock = new MovedClock();
        reading.Clock = clock;
        var source = reading.Open(RoleAccess(reading, await Role(reading)));
        await source.Probe(default);
        reading.Proxy.Inject(request => request.IsTokenCall, Fault.InternalError());

        clock.Ahead = TimeSpan.FromMinutes(57);
        await source.Probe(default);

        clock.Ahead = TimeSpan.FromMinutes(61);
        Assert.Equal("server_fault", (await Reading.Failure(() => source.Probe(default))).Code);
    }

    [SkippableFact]
    public async Task A_session_that_the_store_no_longer_takes_is_replaced_at_once()
    {
        await using var reading = await Reading.Start();
        await reading.Server.Put(reading.Bucket, "in/a.csv", "x");
        var source = reading.Open(RoleAccess(reading, await Role(reading)));
        await source.Probe(default);
        reading.Proxy.Inject(request => request.IsListing, Fault.ExpiredToken(), times: 1);

        await source.Probe(default);

        Assert.Equal(2, TokenCalls(reading));
    }

    [SkippableFact]
    public async Task Readers_who_come_at_once_share_one_session()
    {
        await using var reading = await Reading.Start();
        await reading.Server.Put(reading.Bucket, "in/a.csv", "x");
        var access = RoleAccess(reading, await Role(reading));

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => reading.Open(access).Probe(default)));

        Assert.Equal(1, TokenCalls(reading));
        Assert.Equal(1, reading.Sources.OpenConnections);
    }

    [SkippableTheory]
    [InlineData("")]
    [InlineData("arn:aws:iam::123456789012:user/name")]
    [InlineData("arn:aws:iam::12345:role/name")]
    [InlineData("123456789012:role/name")]
    [InlineData("arn:aws:iam::123456789012:role/na me")]
    public async Task A_malformed_role_is_told_without_asking_anybody(string arn)
    {
        await using var reading = await Reading.Start();

        var failure = await Reading.Failure(() => reading.Open(RoleAccess(reading, arn)).Probe(default));

        Assert.Equal(("role_arn_malformed", FailureClass.Connector), (failure.Code, failure.Class));
        Assert.Empty(reading.Proxy.Requests);
    }

    public static TheoryData<string, Fault, string> TokenAnswers => new()
    {
        { "malformed", Fault.Error(400, "ValidationError", "arn is invalid"), "role_arn_malformed" },
        { "denied", Fault.Error(403, "AccessDenied", "not authorized to perform: sts:AssumeRole"), "role_not_assumable" },
        { "unknown identity", Fault.Error(403, "InvalidClientTokenId", "The security token included in the request is invalid."), "identity_rejected" },
        { "wrong identity", Fault.Error(403, "SignatureDoesNotMatch", "The request signature we calculated does not match"), "identity_rejected" },
        { "clock", Fault.Error(403, "SignatureDoesNotMatch", "Signature expired: 20260101T000000Z is now earlier than 20260101T001500Z"), "clock_skew" },
        { "region", Fault.Error(403, "RegionDisabledException", "STS is not activated in this region"), "wrong_region" },
        { "throttled", Fault.Error(400, "Throttling", "Rate exceeded"), "throttled" },
        { "down", Fault.InternalError(), "server_fault" },
    };

    [SkippableTheory]
    [MemberData(nameof(TokenAnswers))]
    public async Task What_the_token_service_answers_is_told_apart(string what, Fault fault, string code)
    {
        Assert.NotEmpty(what);
        await using var reading = await Reading.Start();
        var access = RoleAccess(reading, "arn:aws:iam::123456789012:role/name", reading.Server.AccessKey, reading.Server.SecretKey);
        reading.Proxy.Inject(request => request.IsTokenCall, fault);

        Assert.Equal(code, (await Reading.Failure(() => reading.Open(access).Probe(default))).Code);
    }

    [SkippableFact]
    public async Task Without_an_identity_of_its_own_the_deployment_falls_back_to_nothing()
    {
        await using var reading = await Reading.Start();
        var role = RoleAccess(reading, "arn:aws:iam::123456789012:role/name");
        reading.Identity = new();
        var service = reading.Access(reading.Settings() with { Credentials = new ServiceCredentials() }) with { ServiceGranted = true };

        Assert.Equal("identity_missing", (await Reading.Failure(() => reading.Open(role).Probe(default))).Code);
        Assert.Equal("identity_missing", (await Reading.Failure(() => reading.Open(service).Probe(default))).Code);
        Assert.Empty(reading.Proxy.Requests);
    }

    [SkippableFact]
    public async Task The_deployment_s_identity_reads_granted_buckets_only()
    {
        await using var reading = await Reading.Start();
        await reading.Server.Put(reading.Bucket, "in/a.csv", "x");
        var other = await reading.Server.NewBucket();
        await reading.Server.Put(other, "a.wav", "x");
        reading.Identity = new() { AccessKeyId = reading.Server.AccessKey, SecretAccessKey = reading.Server.SecretKey };
        var access = reading.Access(reading.Settings() with { Credentials = new ServiceCredentials(), AllowedBuckets = [other] });

        Assert.Equal("service_not_granted", (await Reading.Failure(() => reading.Open(access).Probe(default))).Code);
        var granted = reading.Open(access with { ServiceGranted = true });
        await granted.Probe(default);
        Assert.Equal("bucket_not_allowed", (await Reading.Failure(() => granted.Get(other, "a.wav", null, null, default))).Code);
    }

    [SkippableTheory]
    [InlineData("https://store.example.com", false)]
    [InlineData("https://s3.eu-central-1.amazonaws.com.evil.example", false)]
    [InlineData("https://abc.execute-api.us-east-1.amazonaws.com", false)]
    [InlineData("http://s3.eu-central-1.amazonaws.com", false)]
    [InlineData("https://s3.eu-central-1.amazonaws.com", true)]
    [InlineData("https://sts.amazonaws.com", true)]
    [InlineData("https://s3.cn-north-1.amazonaws.com.cn", true)]
    public async Task The_deployment_s_identity_signs_only_for_AWS_and_for_hosts_that_it_vouches_for(string endpoint, bool signs)
    {
        Assert.Equal(signs, SourceEndpoint.IsAws(new(endpoint)));
        if (signs)
            return;
        await using var reading = await Reading.Start();
        reading.Identity = new() { AccessKeyId = "AKIA", SecretAccessKey = "secret" };
        var settings = reading.Settings() with { Endpoint = endpoint };

        var service = reading.Access(settings with { Credentials = new ServiceCredentials() }) with { ServiceGranted = true };
        var role = reading.Access(settings with { Credentials = new IamRoleCredentials("arn:aws:iam::123456789012:role/name") });

        Assert.Equal("endpoint_not_trusted", (await Reading.Failure(() => reading.Open(service).Probe(default))).Code);
        Assert.Equal("endpoint_not_trusted", (await Reading.Failure(() => reading.Open(role).Probe(default))).Code);
    }

    [SkippableFact]
    public async Task A_web_identity_is_read_from_its_file_and_named_when_it_is_missing()
    {
        await using var reading = await Reading.Start();
        reading.Identity = new() { WebIdentityRoleArn = "arn:aws:iam::123456789012:role/name", WebIdentityTokenFile = "/nowhere/token", StsEndpoint = reading.Proxy.Endpoint };
        var access = reading.Access(reading.Settings() with { Credentials = new ServiceCredentials() }) with { ServiceGranted = true };

        Assert.Equal("identity_rejected", (await Reading.Failure(() => reading.Open(access).Probe(default))).Code);
    }

    [SkippableFact]
    public async Task A_changed_secret_is_another_connection_and_the_oldest_goes()
    {
        await using var reading = await Reading.Start();
        await reading.Server.Put(reading.Bucket, "in/a.csv", "x");
        reading.Options = new() { MaxClients = 2 };
        var source = reading.Open();
        await source.Probe(default);

        for (var number = 0; number < 5; number++)
            Assert.Equal("secret_key_wrong", (await Reading.Failure(() => reading.Open(reading.Access(secret: $"wrong-{number}")).Probe(default))).Code);

        Assert.Equal(2, reading.Sources.OpenConnections);
        await source.Probe(default);
    }

    [Fact]
    public void An_access_does_not_print_its_secrets()
    {
        var access = new SourceAccess(
            new() { Region = "r", Paths = new UnifiedPath("s3://bucket/"), Credentials = new AccessKeyCredentials("AKIA", "hidden-1") }, "hidden-2", "hidden-3", true);

        Assert.DoesNotContain("hidden", access.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", S3Connections.Fingerprint(access), StringComparison.Ordinal);
    }

    private static int TokenCalls(Reading reading) => reading.Proxy.Requests.Count(request => request.IsTokenCall);

    internal static SourceAccess RoleAccess(Reading reading, string arn, string? key = null, string? secret = null)
    {
        if (reading.Identity.AccessKeyId is null)
            reading.Identity = new() { AccessKeyId = key ?? "AKIA", SecretAccessKey = secret ?? "secret" };
        return reading.Access(reading.Settings() with { Credentials = new IamRoleCredentials(arn) });
    }

    internal static async Task<string> Role(Reading reading)
    {
        if (reading.Identity.AccessKeyId is null)
        {
            var service = await reading.Server.CreateUser("service");
            reading.Identity = new() { AccessKeyId = service.AccessKey, SecretAccessKey = service.SecretKey, PrincipalArn = service.Arn };
        }

        var documents = AccessPolicy.For(
            reading.Settings() with { Credentials = new IamRoleCredentials("arn:aws:iam:::role/reader") }, reading.Identity.PrincipalArn, Reading.ExternalId);
        var trust = JsonNode.Parse(documents.TrustPolicy!)!;
        trust["Statement"]![0]!.AsObject().Remove("Condition"); // The gateway does not know sts:ExternalId and would refuse everybody.
        return await reading.Server.CreateRole("reader", trust.ToJsonString(), documents.IamPolicy!);
    }

    private sealed class MovedClock : TimeProvider
    {
        public TimeSpan Ahead { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;
    }
}
