using System.Text;
using QualityIngest.Domain.Formats;
using QualityIngest.Domain.Formats.Feeds;

namespace QualityIngest.Domain.Tests.Formats.Feeds;

/// <summary>Texts as feeds, and what they are read as.</summary>
internal static class FeedRows
{
    public const string Messages = "conversation_externalId,sender_externalId,sender_role,text,timestamp";

    public static Task<List<FormatItem>> Csv(FeedSchema schema, FeedOptions options, params string[] lines) =>
        All(FeedCsv.Read(Utf8(lines), schema, options));

    public static Task<List<FormatItem>> Csv(FeedSchema schema, params string[] lines) => Csv(schema, new(), lines);

    public static FeedRow Row(this FormatItem item) => Assert.IsType<FeedRow>(item);

    public static object? Value(this FormatItem item, FeedSchema schema, string column) => item.Row().Values[schema.IndexOf(column)];

    public static RowError Error(this FormatItem item) => Assert.Single(Assert.IsType<RejectedRow>(item).Errors);

    public static async Task<List<FormatItem>> All(IAsyncEnumerable<FormatItem> items)
    {
        var all = new List<FormatItem>();
        await foreach (var item in items)
            all.Add(item);
        return all;
    }

    public static MemoryStream Utf8(params string[] lines) => new(Encoding.UTF8.GetBytes(string.Join('\n', lines)));
}
