using System.Reflection;
using QualityIngest.Domain.Formats;
using QualityIngest.Domain.Formats.Archives;
using QualityIngest.Domain.Formats.Feeds;
using QualityIngest.Domain.Formats.Transcripts;
using QualityIngest.Domain.Ingest;
using QualityIngest.TestKit;

namespace QualityIngest.Domain.Tests.Formats;

public sealed class DocumentedCodesTests
{
    [Theory]
    [InlineData(typeof(RowCodes))]
    [InlineData(typeof(RowWarnings))]
    [InlineData(typeof(ArchiveCodes))]
    [InlineData(typeof(FeedCodes))]
    [InlineData(typeof(FeedWarnings))]
    [InlineData(typeof(RecordingCodes))]
    [InlineData(typeof(RecordingWarnings))]
    [InlineData(typeof(TranscriptCodes))]
    [InlineData(typeof(TranscriptWarnings))]
    public void Every_code_is_explained(Type codes)
    {
        var page = File.ReadAllText(Path.Combine(Checkout.Root, "docs", "errors.md"));

        foreach (var code in codes.GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!))
        {
            Assert.Matches("^[a-z0-9]+(_[a-z0-9]+)*$", code);
            Assert.Contains($"| `{code}` |", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_number_is_defined()
    {
        var page = File.ReadAllText(Path.Combine(Checkout.Root, "docs", "measurements.md"));

        foreach (var number in typeof(Domain.Conversations.Metrics).GetProperties())
            Assert.Contains($"| `{char.ToLowerInvariant(number.Name[0])}{number.Name[1..]}` |", page, StringComparison.Ordinal);
    }
}
