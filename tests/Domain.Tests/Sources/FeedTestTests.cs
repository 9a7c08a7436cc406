using QualityIngest.Domain.Feeds;
using QualityIngest.Domain.Formats.Feeds;
using QualityIngest.Domain.Sources;
using static QualityIngest.Domain.Sources.ConnectionCheckName;

namespace QualityIngest.Domain.Tests.Sources;

/// <summary>The connection test of feeds: one page of keys, and the first row of the newest file whose kind is known.</summary>
public sealed class FeedTestTests
{
    private const string Calls = "call_center_issues/version=1/format=csv/dt=2025-04-10/";
    private const string Call = "customer-7,c-1,2025-04-10T10:00:00Z,2025-04-10T10:05:00Z,,,,,,,,,,,,,,,,,,,\n";

    [SkippableFact]
    public async Task A_good_connector_passes_with_one_page_and_one_read()
    {
        await using var reading = await Given((Calls + "a.csv", Call), (Calls + "_SUCCESS", ""));

        var report = await Run(reading);

        Assert.True(report.Passed);
        Assert.All(report.Checks.Skip(1), check => Assert.Equal(ConnectionCheckStatus.Passed, check.Status));
        Assert.Equal("1000", Assert.Single(reading.Proxy.Requests, request => request.IsListing).Query["max-keys"]);
        Assert.Equal($"in/{Calls}a.csv", Assert.Single(reading.Proxy.Requests, request => request.IsRead).Key);
    }

    [SkippableTheory]
    [InlineData(null, "empty_prefix")]
    [InlineData(Calls + "_SUCCESS", "no_supported_file")]
    [InlineData(Calls, "no_supported_file")]
    public async Task Without_a_data_file_the_test_passes_with_a_remark(string? key, string remark)
    {
        await using var reading = await Reading.Start();
        if (key is not null)
            await reading.Server.Put(reading.Bucket, $"in/{key}", "");

        var report = await Run(reading);

        Assert.True(report.Passed);
        Assert.Equal(remark, Assert.Single(Check(report, FilePathAccess).Details).Code);
        Assert.Equal(ConnectionCheckStatus.Skipped, Check(report, MetadataValidation).Status);
    }

    [SkippableTheory]
    [InlineData("day.csv", FeedCodes.KeyInvalid)]
    [InlineData("call_center_issues/version=2/format=csv/a.csv", FeedCodes.VersionUnknown)]
    [InlineData("call_center_issues/version=1/format=xml/a.xml", FeedCodes.FormatUnknown)]
    [InlineData("calls/version=1/format=csv/a.csv", FeedCodes.KindUnknown)]
    [InlineData("call_recordings/version=1/format=csv/a.txt", FeedCodes.NotARecording)]
    public async Task Where_no_file_can_be_told_the_reason_is_located(string key, string code)
    {
        await using var reading = await Given((key, Call));

        var detail = Assert.Single(ConnectionTestTests.Fails(await Run(reading), FileFormat, code).Details);

        Assert.Equal(($"s3://{reading.Bucket}/in/{key}", code), (detail.Path, detail.Code));
    }

    [SkippableFact]
    public async Task What_a_scan_will_leave_alone_is_a_remark_beside_a_file_that_can_be_read()
    {
        await using var reading = await Given(
            (Calls + "a.csv", Call), ("readme.txt", "?"), ("calls/version=1/format=csv/a.csv", "?"), ("calls/version=1/format=csv/b.csv", "?"));

        var report = await Run(reading);

        Assert.True(report.Passed);
        Assert.Equal([FeedCodes.KindUnknown, FeedCodes.KeyInvalid], Check(report, FileFormat).Details.Select(d => d.Code));
    }

    [SkippableFact]
    public async Task The_newest_file_is_read_as_what_the_connector_maps_its_feed_to()
    {
        await using var reading = await Given(("calls/version=1/format=jsonl/a.jsonl", """{"customer_id":"7","call_start":"2025-04-10T10:00:00"}"""));
        var feeds = new FeedSettings { Kinds = new Dictionary<string, FeedKind> { ["calls"] = FeedKind.CallCenterIssues } };

        var details = ConnectionTestTests.Fails(await Run(reading, feeds), MetadataValidation, "timestamp_without_zone").Details;

        Assert.All(details, detail => Assert.Equal(($"s3://{reading.Bucket}/in/calls/version=1/format=jsonl/a.jsonl", 1L), (detail.Path, detail.Line)));
        Assert.Equal([("call_end", "missing_value"), ("call_start", "timestamp_without_zone")], details.Select(d => (d.Field, d.Code)).Order());
    }

    [SkippableFact]
    public async Task A_file_whose_header_cannot_be_read_is_a_matter_of_format()
    {
        await using var reading = await Given((Calls + "a.csv", "customer_id,call_start,call_end,customer_id\n"));

        Assert.Equal(1, Assert.Single(ConnectionTestTests.Fails(await Run(reading), FileFormat, "duplicate_column").Details).Line);
    }

    [SkippableFact]
    public async Task An_empty_file_passes_with_a_remark()
    {
        await using var reading = await Given((Calls + "a.csv", ""));

        Assert.Equal("no_records", Assert.Single(Check(await Run(reading), FileFormat).Details).Code);
    }

    [SkippableFact]
    public async Task Of_a_recording_one_byte_is_read()
    {
        await using var reading = await Given(("call_recordings/version=1/format=csv/dt=2025-04-10/c-1.wav", "RIFF and more"));

        Assert.True((await Run(reading)).Passed);
        Assert.Equal("bytes=0-0", Assert.Single(reading.Proxy.Requests, request => request.IsRead).Headers["Range"]);
    }

    [SkippableFact]
    public async Task A_recording_is_refused_for_its_name()
    {
        await using var reading = await Given(($"any/version=1/format=csv/{new string('c', 201)}.mp3", "ID3 and more"));

        var report = await Run(reading, new() { FixedKind = FeedKind.CallRecordings });

        Assert.Equal("key", Assert.Single(ConnectionTestTests.Fails(report, MetadataValidation, "too_long").Details).Field);
    }

    [SkippableFact]
    public async Task A_flat_file_is_read_where_the_connector_takes_them()
    {
        await using var reading = await Given(("2024/march.csv", "c-1,7,agent,Good morning,2024-03-05T10:00:00Z\n"));

        Assert.False((await Run(reading)).Passed);
        Assert.True((await Run(reading, new() { FixedKind = FeedKind.HistoricalTranscripts })).Passed);
    }

    [SkippableTheory]
    [InlineData("bad secret", Authentication, "secret_key_wrong")]
    [InlineData("no such bucket", FilePathAccess, "no_such_bucket")]
    [InlineData("no list", FilePathAccess, "list_denied")]
    [InlineData("no get", FilePathAccess, "get_denied")]
    [InlineData("archived", FilePathAccess, "object_archived")]
    public async Task Every_failure_is_told_apart_and_skips_what_follows(string what, ConnectionCheckName check, string code)
    {
        await using var reading = await Given((Calls + "a.csv", Call));

        ConnectionTestTests.Fails(await Run(reading, access: await ConnectionTestTests.Break(reading, what)), check, code);
    }

    private static async Task<Reading> Given(params (string Key, string Content)[] files)
    {
        var reading = await Reading.Start();
        foreach (var (key, content) in files)
            await reading.Server.Put(reading.Bucket, $"in/{key}", content);
        return reading;
    }

    private static Task<ConnectionTestReport> Run(Reading reading, FeedSettings? feeds = null, SourceAccess? access = null) =>
        reading.Test.Run("feeds", feeds ?? new(), access ?? reading.Access(), default);

    private static ConnectionCheck Check(ConnectionTestReport report, ConnectionCheckName name) => Assert.Single(report.Checks, c => c.Name == name);
}
