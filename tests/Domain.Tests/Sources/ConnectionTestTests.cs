using QualityIngest.Domain.Sources;
using QualityIngest.TestKit.S3;
using static QualityIngest.Domain.Sources.ConnectionCheckName;

namespace QualityIngest.Domain.Tests.Sources;

public sealed class ConnectionTestTests
{
    private const string Header = "conversationId,queueId,agentEmail,conversationStartTime,conversationEndTime,channelType,recordingType,chatScriptUrl,transcriptUrl\n";
    private const string Row = "c-1,q-1,a@example.com,2026-01-05T10:00:00Z,2026-01-05T10:05:00Z,chat,transcription,c-1.json,\n";
    private const string VoiceRow = "v-1,q-1,a@example.com,2026-01-05T10:00:00Z,2026-01-05T10:05:00Z,voice,transcription,,v-1.json\n";

    [SkippableFact]
    public async Task A_good_connector_passes_in_order_and_lists_one_key()
    {
        await using var reading = await Given(Header + Row);
        await reading.Server.Put(reading.Bucket, "in/", "");

        var report = await reading.Test.Run("quality-csv", null, reading.Access(), default);

        Assert.True(report.Passed);
        Assert.Equal(
            [
                (IamRoleAssumption, ConnectionCheckStatus.Skipped),
                (Authentication, ConnectionCheckStatus.Passed),
                (FilePathAccess, ConnectionCheckStatus.Passed),
                (FileFormat, ConnectionCheckStatus.Passed),
                (MetadataValidation, ConnectionCheckStatus.Passed),
            ],
            report.Checks.Select(check => (check.Name, check.Status)));
        var listing = Assert.Single(reading.Proxy.Requests, request => request.IsListing);
        Assert.Equal(("1", "in/"), (listing.Query["max-keys"], listing.Query["prefix"]));
        Assert.Equal("bytes=0-0", Assert.Single(reading.Proxy.Requests, request => request.Key == "in/c-1.json").Headers["Range"]);
        Assert.Equal((1, 1, true), Assert.Single(report.Preview) switch { var seen => (seen.Listed, seen.FromIngestFrom, seen.More) });
    }

    [SkippableFact]
    public async Task Recordings_are_reached_by_their_first_byte_and_one_that_is_missing_is_named()
    {
        const string call = "q-1,a@example.com,2026-01-05T10:00:00Z,2026-01-05T10:05:00Z,voice";
        await using var reading = await Given($"""
            conversationId,queueId,agentEmail,conversationStartTime,conversationEndTime,channelType,recordingType,recordingUrl,agentRecordings,customerRecordings
            s-1,{call},stereo,s-1.wav,,
            m-1,{call},mono,,m-1-a.wav,m-1-c.wav
            m-2,{call},mono,,,m-2-c.wav

            """);
        foreach (var name in new[] { "s-1", "m-1-a", "m-1-c" })
            await reading.Server.Put(reading.Bucket, $"in/{name}.wav", "RIFF and more");

        var missing = await reading.Test.Run("quality-csv", null, reading.Access(), default);
        await reading.Server.Put(reading.Bucket, "in/m-2-c.wav", "RIFF and more");
        var whole = await reading.Test.Run("quality-csv", null, reading.Access(), default);

        Assert.Equal(("customerRecordings", 4L), Assert.Single(Fails(missing, FilePathAccess, "object_missing").Details) switch { var at => (at.Field, at.Line) });
        Assert.True(whole.Passed);
        Assert.All(reading.Proxy.Requests.Where(r => r.Key.EndsWith(".wav", StringComparison.Ordinal)), r => Assert.Equal("bytes=0-0", r.Headers["Range"]));
    }

    [SkippableFact]
    public async Task A_role_is_checked_first()
    {
        await using var reading = await Given(Header + Row);
        var service = await reading.Server.CreateUser("service");
        reading.Identity = new() { AccessKeyId = service.AccessKey, SecretAccessKey = service.SecretKey };

        var report = await reading.Test.Run("quality-csv", null, reading.Access(reading.Settings() with { Credentials = new IamRoleCredentials("arn:aws:iam::123456789012:role/x") }), default);

        Fails(report, IamRoleAssumption, "role_not_assumable");
    }

    [SkippableFact]
    public async Task What_a_scan_would_find_is_told_for_its_one_page()
    {
        await using var reading = await Given(Header + Row);

        var report = await reading.Test.Run("quality-csv", null, reading.Access(reading.Settings() with { IngestFrom = DateTimeOffset.UtcNow.AddDays(1) }), default);

        Assert.Equal((1, 0), Assert.Single(report.Preview) switch { var seen => (seen.Listed, seen.FromIngestFrom) });
    }

    public static TheoryData<string, ConnectionCheckName, string> Breakages => new()
    {
        { "bad key id", Authentication, "access_key_unknown" },
        { "bad secret", Authentication, "secret_key_wrong" },
        { "no secret", Authentication, "secret_key_missing" },
        { "expired token", Authentication, "credentials_expired" },
        { "slow down", Authentication, "throttled" },
        { "hang-up", Authentication, "listing_cut_short" },
        { "nobody there", Authentication, "network" },
        { "guard", Authentication, "outbound_refused" },
        { "guard by name", Authentication, "outbound_refused" },
        { "bad region", Authentication, "region_invalid" },
        { "bad endpoint", Authentication, "endpoint_invalid" },
        { "no identity", Authentication, "identity_missing" },
        { "no grant", Authentication, "service_not_granted" },
        { "malformed role", IamRoleAssumption, "role_arn_malformed" },
        { "bad path", FilePathAccess, "bucket_name_invalid" },
        { "wrong region", FilePathAccess, "wrong_region" },
        { "no such bucket", FilePathAccess, "no_such_bucket" },
        { "empty prefix", FilePathAccess, "empty_prefix" },
        { "no list", FilePathAccess, "list_denied" },
        { "no get", FilePathAccess, "get_denied" },
        { "KMS", FilePathAccess, "kms_refused" },
        { "archived", FilePathAccess, "object_archived" },
        { "cut body", FilePathAccess, "body_cut_short" },
        { "no test.csv", FileFormat, "test_file_missing" },
    };

    [SkippableTheory]
    [MemberData(nameof(Breakages))]
    public async Task Every_failure_is_told_apart_and_skips_what_follows(string what, ConnectionCheckName check, string code)
    {
        await using var reading = await Given(Header + Row);
        var access = await Break(reading, what);

        var report = await reading.Test.Run("quality-csv", null, access, default);

        Fails(report, check, code);
    }

    [SkippableFact]
    public async Task A_file_that_cannot_be_parsed_is_a_matter_of_format()
    {
        await using var reading = await Given("something,else\n1,2\n");

        var report = await reading.Test.Run("quality-csv", null, reading.Access(), default);

        var detail = Assert.Single(Fails(report, FileFormat, "missing_columns").Details);
        Assert.Equal(($"s3://{reading.Bucket}/in/test.csv", 1L), (detail.Path, detail.Line));
    }

    [SkippableFact]
    public async Task Every_faulty_row_is_told_with_line_and_field()
    {
        await using var reading = await Given(Header + Row + Row.Replace("Z,2026-01-05T10:05:00Z", ",2026-01-05T10:05:00Z", StringComparison.Ordinal) + Row + Row.Replace("q-1", "", StringComparison.Ordinal));

        var report = await reading.Test.Run("quality-csv", null, reading.Access(), default);

        Assert.Equal(
            [(3L, "conversationStartTime", "timestamp_without_zone"), (5L, "queueId", "missing_value")],
            Fails(report, MetadataValidation, "timestamp_without_zone").Details.Select(detail => (detail.Line!.Value, detail.Field!, detail.Code)));
    }

    [SkippableFact]
    public async Task A_file_without_rows_confirms_nothing()
    {
        await using var reading = await Given(Header);

        Fails(await reading.Test.Run("quality-csv", null, reading.Access(), default), MetadataValidation, "test_file_empty");
    }

    [SkippableFact]
    public async Task What_the_rows_refer_to_is_read_up_to_twenty_times()
    {
        var rows = string.Concat(Enumerable.Range(0, 30).Select(number => Row.Replace("c-1", $"c-{number}", StringComparison.Ordinal)));
        await using var reading = await Given(Header + rows);
        for (var number = 0; number < 30; number++)
        {
            if (number != 3)
                await reading.Server.Put(reading.Bucket, $"in/c-{number}.json", "{}");
        }

        var report = await reading.Test.Run("quality-csv", null, reading.Access(), default);

        var detail = Assert.Single(Fails(report, FilePathAccess, "object_missing").Details);
        Assert.Equal((5L, "chatScriptUrl", "object_missing"), (detail.Line!.Value, detail.Field, detail.Code));
        Assert.Equal(20, reading.Proxy.Requests.Where(request => request.Key.StartsWith("in/c-", StringComparison.Ordinal)).Select(request => request.Key).Distinct().Count());
    }

    [SkippableFact]
    public async Task A_locator_that_leads_nowhere_is_told_with_its_line()
    {
        await using var reading = await Given(Header + Row.Replace("c-1.json", "https://elsewhere.example.com/c.json", StringComparison.Ordinal));

        Assert.Equal(2L, Assert.Single(Fails(await reading.Test.Run("quality-csv", null, reading.Access(), default), FilePathAccess, "locator_not_allowed").Details).Line);
    }

    [SkippableFact]
    public async Task Separate_paths_need_a_test_file_each_for_their_own_channel()
    {
        await using var reading = await Given(Header + Row);
        await reading.Server.Put(reading.Bucket, "voice/v-1.json", "{}");
        var access = reading.Access(reading.Settings() with { Paths = new SeparatePaths($"s3://{reading.Bucket}/voice/", $"s3://{reading.Bucket}/in/") });

        var missing = await reading.Test.Run("quality-csv", null, access, default);
        await reading.Server.Put(reading.Bucket, "voice/test.csv", Header + VoiceRow);
        var good = await reading.Test.Run("quality-csv", null, access, default);
        await reading.Server.Put(reading.Bucket, "voice/test.csv", Header + Row);
        var wrong = await reading.Test.Run("quality-csv", null, access, default);

        Assert.Equal($"s3://{reading.Bucket}/voice/test.csv", Assert.Single(Fails(missing, FileFormat, "test_file_missing").Details).Path);
        Assert.True(good.Passed);
        Assert.Equal("wrong_channel", Assert.Single(Fails(wrong, MetadataValidation, "wrong_channel").Details).Code);
    }

    private static async Task<Reading> Given(string testFile)
    {
        var reading = await Reading.Start();
        await reading.Server.Put(reading.Bucket, "in/test.csv", testFile);
        await reading.Server.Put(reading.Bucket, "in/c-1.json", "{}");
        return reading;
    }

    internal static async Task<SourceAccess> Break(Reading reading, string what)
    {
        var settings = reading.Settings();
        switch (what)
        {
            case "bad key id": return reading.Access(settings with { Credentials = new AccessKeyCredentials("QINOBODY") });
            case "bad secret": return reading.Access(secret: "wrong");
            case "no secret": return reading.Access(secret: "");
            case "nobody there": return reading.Access(settings with { Endpoint = "http://127.0.0.1:9" });
            case "guard": return reading.Access(settings with { Endpoint = "http://10.0.0.1:9000" });
            case "guard by name":
                reading.Outbound = new() { Allow = ["127.0.0.1:" + new Uri(reading.Proxy.Endpoint).Port] };
                return reading.Access(settings with { Endpoint = "https://localhost:9000" });
            case "bad region": return reading.Access(settings with { Region = "evil.example/#" });
            case "bad endpoint": return reading.Access(settings with { Endpoint = "store.example.com/path" });
            case "malformed role": return reading.Access(settings with { Credentials = new IamRoleCredentials("reader") });
            case "bad path": return reading.Access(settings with { Paths = new UnifiedPath("s3://x") });
            case "no such bucket": return reading.Access(settings with { Paths = new UnifiedPath("s3://no-such-bucket-here/in/") });
            case "empty prefix": return reading.Access(settings with { Paths = new UnifiedPath($"s3://{reading.Bucket}/nothing/") });
            case "no identity": return reading.Access(settings with { Credentials = new ServiceCredentials() }) with { ServiceGranted = true };
            case "no grant": return reading.Access(settings with { Credentials = new ServiceCredentials() });
            case "expired token": return Faulty(_ => true, Fault.ExpiredToken());
            case "slow down": return Faulty(_ => true, Fault.SlowDown());
            case "hang-up": return Faulty(_ => true, Fault.Hangup());
            case "wrong region": return Faulty(_ => true, Fault.WrongRegion("us-east-1", "eu-west-1"));
            case "KMS": return Faulty(request => request.IsRead, Fault.KmsDenied());
            case "archived": return Faulty(request => request.IsRead, Fault.Archived());
            case "cut body": return Faulty(request => request.IsRead, Fault.CutBody(20));
            case "no list" or "no get":
                var user = await reading.Server.CreateUser("reader");
                if (what == "no get")
                    await reading.Server.PutPolicy(reading.Bucket, S3FailureTests.Allow(user, "s3:ListBucket", $"arn:aws:s3:::{reading.Bucket}"));
                return reading.AccessOf(user);
            case "no test.csv":
                await reading.Server.Delete(reading.Bucket, "in/test.csv");
                return reading.Access();
            default: return reading.Access();
        }

        SourceAccess Faulty(Func<S3Request, bool> when, Fault fault)
        {
            reading.Proxy.Inject(when, fault);
            return reading.Access();
        }
    }

    internal static ConnectionCheck Fails(ConnectionTestReport report, ConnectionCheckName name, string code)
    {
        Assert.False(report.Passed);
        Assert.Equal(Enum.GetValues<ConnectionCheckName>(), report.Checks.Select(check => check.Name));
        var failed = Assert.Single(report.Checks, check => check.Status == ConnectionCheckStatus.Failed);
        Assert.Equal((name, code), (failed.Name, failed.Code));
        Assert.NotNull(failed.Resolution);
        Assert.All(report.Checks.Where(check => check.Name > name), check => Assert.Equal(ConnectionCheckStatus.Skipped, check.Status));
        return failed;
    }
}
