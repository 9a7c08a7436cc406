using System.Runtime.CompilerServices;
using QualityIngest.Domain.Formats;
using QualityIngest.Domain.Sources;
using static QualityIngest.Domain.Sources.ConnectionCheckName;

namespace QualityIngest.Domain.Tests.Sources;

/// <summary>The connection test of a format without a test file: it reads the first record of the newest file.</summary>
public sealed class FirstRecordTestTests
{
    [SkippableFact]
    public async Task A_good_connector_passes_with_one_page_and_one_read()
    {
        await using var reading = await Given("good");

        var report = await Run(reading);

        Assert.True(report.Passed);
        Assert.All(report.Checks.Skip(1), check => Assert.Equal(ConnectionCheckStatus.Passed, check.Status));
        Assert.Equal("1000", Assert.Single(reading.Proxy.Requests, request => request.IsListing).Query["max-keys"]);
        Assert.Single(reading.Proxy.Requests, request => request.IsRead);
    }

    [SkippableFact]
    public async Task The_newest_supported_file_is_the_one_that_is_read()
    {
        await using var reading = await Given("good");
        await reading.Server.Put(reading.Bucket, "in/z.txt", "broken");
        await reading.Server.Put(reading.Bucket, "in/y.words", "");
        await reading.Server.Put(reading.Bucket, "in/day.words", "good");

        var report = await Run(reading);

        Assert.True(report.Passed);
        Assert.Equal("in/day.words", Assert.Single(reading.Proxy.Requests, request => request.IsRead).Key);
    }

    [SkippableFact]
    public async Task Nothing_under_the_path_passes_with_a_remark()
    {
        await using var reading = await Given("good");

        var report = await Run(reading, reading.Access(reading.Settings("nothing/")));

        Assert.True(report.Passed);
        Assert.Equal("empty_prefix", Assert.Single(Check(report, FilePathAccess).Details).Code);
        Assert.Equal(ConnectionCheckStatus.Skipped, Check(report, FileFormat).Status);
    }

    [SkippableFact]
    public async Task Nothing_of_the_format_passes_with_a_remark()
    {
        await using var reading = await Reading.Start();
        await reading.Server.Put(reading.Bucket, "in/z.txt", "good");

        var report = await Run(reading);

        Assert.True(report.Passed);
        Assert.Equal("no_supported_file", Assert.Single(Check(report, FilePathAccess).Details).Code);
    }

    [SkippableFact]
    public async Task A_file_without_records_passes_with_a_remark()
    {
        await using var reading = await Given(" ");

        var report = await Run(reading);

        Assert.True(report.Passed);
        Assert.Equal("no_records", Assert.Single(Check(report, FileFormat).Details).Code);
        Assert.Equal(ConnectionCheckStatus.Skipped, Check(report, MetadataValidation).Status);
    }

    [SkippableFact]
    public async Task A_file_that_cannot_be_read_is_a_matter_of_format()
    {
        await using var reading = await Given("broken");

        var detail = Assert.Single(ConnectionTestTests.Fails(await Run(reading), FileFormat, "json_invalid").Details);

        Assert.Equal(($"s3://{reading.Bucket}/in/a.words", (long?)null), (detail.Path, detail.Line));
    }

    [SkippableFact]
    public async Task A_refused_first_record_is_told_with_its_place()
    {
        await using var reading = await Given("bad");

        var detail = Assert.Single(ConnectionTestTests.Fails(await Run(reading), MetadataValidation, "missing_member").Details);

        Assert.Equal(($"s3://{reading.Bucket}/in/a.words#part.jsonl", 7L, "$.agent_id"), (detail.Path, detail.Line!.Value, detail.Field));
    }

    [SkippableTheory]
    [InlineData("bad key id", Authentication, "access_key_unknown")]
    [InlineData("bad secret", Authentication, "secret_key_wrong")]
    [InlineData("expired token", Authentication, "credentials_expired")]
    [InlineData("nobody there", Authentication, "network")]
    [InlineData("guard", Authentication, "outbound_refused")]
    [InlineData("malformed role", IamRoleAssumption, "role_arn_malformed")]
    [InlineData("wrong region", FilePathAccess, "wrong_region")]
    [InlineData("no such bucket", FilePathAccess, "no_such_bucket")]
    [InlineData("no list", FilePathAccess, "list_denied")]
    [InlineData("no get", FilePathAccess, "get_denied")]
    [InlineData("KMS", FilePathAccess, "kms_refused")]
    [InlineData("archived", FilePathAccess, "object_archived")]
    [InlineData("cut body", FilePathAccess, "body_cut_short")]
    public async Task Every_failure_is_told_apart_and_skips_what_follows(string what, ConnectionCheckName check, string code)
    {
        await using var reading = await Given("good and long enough to be cut off");
        var access = await ConnectionTestTests.Break(reading, what);

        ConnectionTestTests.Fails(await Run(reading, access), check, code);
    }

    private static async Task<Reading> Given(string file)
    {
        var reading = await Reading.Start();
        await reading.Server.Put(reading.Bucket, "in/a.words", file);
        return reading;
    }

    private static Task<ConnectionTestReport> Run(Reading reading, SourceAccess? access = null)
    {
        reading.Formats = [new Words()];
        return reading.Test.Run("conversation-json", null, access ?? reading.Access(), default);
    }

    private static ConnectionCheck Check(ConnectionTestReport report, ConnectionCheckName name) => Assert.Single(report.Checks, c => c.Name == name);

    /// <summary>Files of one word that says what the first record is.</summary>
    private sealed class Words : IFileFormat
    {
        public string Name => "conversation-json";

        public bool CountsLines => false;

        public Verdict? Judge(ObjectSeen seen) =>
            !seen.Key.EndsWith(".words", StringComparison.Ordinal) ? null
            : seen.Size == 0 ? new Verdict.Skip("empty_file")
            : new Verdict.Read();

        public async IAsyncEnumerable<FormatItem> Read(Stream body, FileToRead file, [EnumeratorCancellation] CancellationToken cancel)
        {
            using var reader = new StreamReader(body);
            var word = (await reader.ReadToEndAsync(cancel)).Split(' ')[0];
            FormatItem? item = word switch
            {
                "good" => new ValidRow(new()
                {
                    Line = 1,
                    ExternalId = "c-1",
                    Channel = Channel.Chat,
                    RecordingType = RecordingType.Transcription,
                    StartedAt = DateTimeOffset.UnixEpoch,
                    EndedAt = DateTimeOffset.UnixEpoch,
                    ContentHash = "",
                }),
                "bad" => new RejectedRow(3, "c-1", [new("$.agent_id", "missing_member", "There is none.")]) { Place = new("part.jsonl", 7, null) },
                "broken" => new FileError(1, null, "json_invalid", "This is no JSON."),
                _ => null,
            };
            if (item is not null)
                yield return item;
        }
    }
}
