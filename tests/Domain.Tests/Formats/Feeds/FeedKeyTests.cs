using QualityIngest.Domain.Feeds;
using QualityIngest.Domain.Formats.Feeds;

namespace QualityIngest.Domain.Tests.Formats.Feeds;

public sealed class FeedKeyTests
{
    [Theory]
    [InlineData("calls/version=1/format=csv/a.csv", FeedEncoding.Csv, false, "")]
    [InlineData("calls/version=1/format=jsonl/dt=2025-04-10/a.jsonl", FeedEncoding.Jsonl, false, "2025-04-10")]
    [InlineData("calls/version=1/format=snapshot_csv/dt=2025-04-10/hr=07/_SUCCESS", FeedEncoding.Csv, true, "2025-04-10/07")]
    [InlineData("calls/version=1/format=snapshot_jsonl/dt=2024-02-29/hr=23/mi=59/x", FeedEncoding.Jsonl, true, "2024-02-29/23:59")]
    public void A_key_of_the_convention_names_its_batch(string key, FeedEncoding encoding, bool snapshot, string partition)
    {
        Assert.True(FeedKey.TryRead(key, out var directory, out _));

        Assert.Equal(
            ("calls", encoding, snapshot, partition, key[..(key.LastIndexOf('/') + 1)]),
            (directory.Feed, directory.Encoding, directory.Snapshot, directory.Partition, directory.Path));
    }

    [Theory]
    [InlineData("a.csv", FeedCodes.KeyInvalid, "a.csv")]
    [InlineData("calls/version=1/a.csv", FeedCodes.KeyInvalid, "calls/version=1/a.csv")]
    [InlineData("/version=1/format=csv/a.csv", FeedCodes.KeyInvalid, "name is empty")]
    [InlineData("calls/v1/format=csv/a.csv", FeedCodes.KeyInvalid, "'v1'")]
    [InlineData("calls/version=2/format=csv/a.csv", FeedCodes.VersionUnknown, "'version=2'")]
    [InlineData("calls/version=1/csv/a.csv", FeedCodes.KeyInvalid, "'csv'")]
    [InlineData("calls/version=1/format=parquet/a.csv", FeedCodes.FormatUnknown, "'format=parquet'")]
    [InlineData("calls/version=1/format=csv/2025-04-10/a.csv", FeedCodes.DateInvalid, "'2025-04-10'")]
    [InlineData("calls/version=1/format=csv/dt=2025-02-29/a.csv", FeedCodes.DateInvalid, "'dt=2025-02-29'")]
    [InlineData("calls/version=1/format=csv/dt=0001-01-01/a.csv", FeedCodes.DateInvalid, "'dt=0001-01-01'")]
    [InlineData("calls/version=1/format=csv/dt=9999-12-31/a.csv", FeedCodes.DateInvalid, "'dt=9999-12-31'")]
    [InlineData("calls/version=1/format=csv/dt=2025-04-10/hr=24/a.csv", FeedCodes.DateInvalid, "'hr=24'")]
    [InlineData("calls/version=1/format=csv/dt=2025-04-10/hr=7/a.csv", FeedCodes.DateInvalid, "'hr=7'")]
    [InlineData("calls/version=1/format=csv/dt=2025-04-10/hr=07/mi=60/a.csv", FeedCodes.DateInvalid, "'mi=60'")]
    [InlineData("calls/version=1/format=csv/dt=2025-04-10/hr=07/mi=00/more/a.csv", FeedCodes.KeyInvalid, "a.csv")]
    [InlineData("calls/version=1/format=csv/", FeedCodes.KeyInvalid, "names no file")]
    public void A_key_beside_the_convention_is_told_which_part_is_wrong(string key, string code, string part)
    {
        Assert.False(FeedKey.TryRead(key, out _, out var fault));

        Assert.Equal(code, fault.Code);
        Assert.Contains(part, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_kind_has_a_name_of_its_own()
    {
        var kinds = FeedKinds.Names.Select(name => FeedKinds.TryFind(name, out var kind) ? kind : throw new InvalidOperationException(name));

        Assert.Equal(Enum.GetValues<FeedKind>(), kinds);
    }

    [Theory]
    [InlineData("march.csv", "/", "march.csv")]
    [InlineData("2024/q1/March 3.CSV", "2024/q1/", "March 3.CSV")]
    [InlineData("historical_transcripts/a.csv", "historical_transcripts/", "a.csv")]
    [InlineData("//a.csv", "//", "a.csv")]
    [InlineData(".csv", "/", ".csv")]
    public void A_csv_in_a_flat_folder_is_a_batch_of_its_own(string key, string feed, string file)
    {
        Assert.True(FeedKey.TryReadFlat(key, out var batch, out _));

        Assert.Equal(new(key, feed, FeedEncoding.Csv, false, null, null, null) { File = file }, batch);
        Assert.Equal(file, batch.Partition);
        Assert.False(FeedKey.TryRead(key, out _, out _));
    }

    [Theory]
    [InlineData("march.jsonl", FeedCodes.KeyInvalid)]
    [InlineData("2024/_SUCCESS", FeedCodes.KeyInvalid)]
    [InlineData("march.csv/", FeedCodes.KeyInvalid)]
    [InlineData("historical_transcripts/dt=2025-04-10/a.csv", FeedCodes.KeyInvalid)]
    [InlineData("historical_transcripts/version=2/format=csv/a.csv", FeedCodes.VersionUnknown)]
    [InlineData("historical_transcripts/version=1/format=xml/a.csv", FeedCodes.FormatUnknown)]
    [InlineData("historical_transcripts/version=1/format=csv/dt=yesterday/a.csv", FeedCodes.DateInvalid)]
    public void What_means_to_follow_the_convention_or_is_no_csv_is_no_flat_file(string key, string code)
    {
        Assert.False(FeedKey.TryReadFlat(key, out _, out var fault));
        Assert.Equal(code, fault.Code);
    }

    [Fact]
    public void Where_flat_folders_are_taken_the_convention_still_counts()
    {
        Assert.True(FeedKey.TryReadFlat("chats/version=1/format=csv/dt=2025-04-10/a.csv", out var batch, out _));

        Assert.Equal(("chats", "2025-04-10", null), (batch.Feed, batch.Partition, batch.File));
    }

    [Fact]
    public void Only_a_connector_that_is_fixed_to_transcripts_takes_flat_folders()
    {
        Assert.True(new FeedSettings { FixedKind = FeedKind.HistoricalTranscripts }.TryRead("a.csv", out _, out _));
        Assert.False(new FeedSettings { FixedKind = FeedKind.CallCenterIssues }.TryRead("a.csv", out _, out _));
        Assert.False(new FeedSettings().TryRead("a.csv", out _, out _));
    }
}
