using System.Text;
using QualityIngest.Domain.Formats;
using QualityIngest.Domain.Formats.Feeds;

namespace QualityIngest.Domain.Tests.Formats.Feeds;

public sealed class FeedJsonLinesTests
{
    private static readonly FeedSchema Calls = FeedSchema.CallCenterIssues;

    private const string Call = """
        "customer_id":"c1","call_start":"2020-01-03T20:02:13Z","call_end":"2020-01-03T20:03:13Z"
        """;

    [Fact]
    public async Task Values_may_be_JSON_values_or_texts_and_null_is_none()
    {
        var items = await Read(
            $$"""{{{Call}},"survey_taken":true,"time_in_queue":600,"caller_account_value":129.450,"transfer":null}""",
            $$"""{{{Call}},"survey_taken":"false","time_in_queue":"600","caller_account_value":"129.45","transfer":"NA"}""");

        Assert.Equal([true, 600L, 129.450m, null], Typed(items[0]));
        Assert.Equal([false, 600L, 129.45m, null], Typed(items[1]));

        static object?[] Typed(FormatItem item) =>
            [.. new[] { "survey_taken", "time_in_queue", "caller_account_value", "transfer" }.Select(column => item.Value(Calls, column))];
    }

    [Fact]
    public async Task The_word_NULL_is_a_text_in_JSON()
    {
        var row = Assert.Single(await Read($$"""{{{Call}},"disposition_notes":"NULL"}"""));

        Assert.Equal("NULL", row.Value(Calls, "disposition_notes"));
    }

    [Fact]
    public async Task Unknown_members_are_kept_digit_by_digit_and_in_their_order()
    {
        const string extra = """
            "z":9007199254740993,"a":{"y":1.10,"b":[true,null]},"e":1e400
            """;
        var row = Assert.Single(await Read($$"""{{{extra}},{{Call}}}"""));

        Assert.Equal($$"""{{{extra}}}""", row.Row().Attributes);
    }

    [Theory]
    [InlineData("[1]", FeedCodes.LineInvalid)]
    [InlineData("{\"customer_id\":\"c1\"", FeedCodes.LineInvalid)]
    [InlineData("{} {}", FeedCodes.LineInvalid)]
    [InlineData("nonsense", FeedCodes.LineInvalid)]
    public async Task A_line_that_is_no_object_is_refused_and_the_rest_goes_on(string line, string code)
    {
        var items = await Read(line, "", $$"""{{{Call}}}""");

        Assert.Equal((1L, code), (items[0].Line, items[0].Error().Code));
        Assert.Equal(3, items[1].Row().Line);
    }

    [Theory]
    [InlineData("\"customer_type\":{\"a\":1}", "customer_type", FeedCodes.ValueInvalid)]
    [InlineData("\"customer_type\":[]", "customer_type", FeedCodes.ValueInvalid)]
    [InlineData("\"Customer_Id\":\"again\"", "customer_id", RowCodes.DuplicateColumn)]
    [InlineData("\"survey_taken\":1", "survey_taken", FeedCodes.BoolInvalid)]
    [InlineData("\"time_in_queue\":1.0", "time_in_queue", FeedCodes.IntegerInvalid)]
    [InlineData("\"customer_type\":\"a\\u0000b\"", "customer_type", RowCodes.ControlCharacter)]
    [InlineData("\"x\":{\"y\":[\"a\\u0000b\"]}", "x", RowCodes.ControlCharacter)]
    [InlineData("\"x\":{\"a\\u0000b\":1}", "x", RowCodes.ControlCharacter)]
    [InlineData("\"a\\u0000b\":{\"y\":1}", null, RowCodes.ControlCharacter)]
    public async Task A_member_that_its_column_cannot_hold_is_refused_there(string member, string? column, string code)
    {
        var row = Assert.Single(await Read($$"""{{{Call}},{{member}}}"""));

        Assert.Equal((column, code), (row.Error().Field, row.Error().Code));
    }

    [Theory]
    [InlineData("{\"x\":\"\\ud800\"}")]
    [InlineData("{\"\\ud800\":1}")]
    [InlineData("{\"x\":[{\"\\udc00\":1}]}")]
    public async Task Half_a_character_is_refused_wherever_it_stands(string line)
    {
        var row = Assert.Single(await Read(line.Replace("{", $"{{{Call},", StringComparison.Ordinal)));

        Assert.Equal(RowCodes.InvalidUtf8, row.Error().Code);
    }

    [Fact]
    public async Task Bytes_that_are_not_UTF8_are_refused()
    {
        var bytes = Encoding.Latin1.GetBytes($$"""{{{Call}},"customer_type":"é"}""");

        var row = Assert.Single(await FeedRows.All(FeedJsonLines.Read(new MemoryStream(bytes), Calls, new())));

        Assert.Equal(RowCodes.InvalidUtf8, row.Error().Code);
    }

    [Fact]
    public async Task A_line_that_is_too_large_is_refused_unread_and_the_rest_goes_on()
    {
        var limits = new FeedOptions { Limits = new() { RecordBytes = 200 } };
        var items = await FeedRows.All(FeedJsonLines.Read(
            FeedRows.Utf8($$"""{{{Call}},"disposition_notes":"{{new string('x', 100_000)}}"}""", $$"""{{{Call}}}"""), Calls, limits));

        Assert.Equal(RowCodes.RecordTooLarge, items[0].Error().Code);
        Assert.IsType<FeedRow>(items[1]);
    }

    private static Task<List<FormatItem>> Read(params string[] lines) => FeedRows.All(FeedJsonLines.Read(FeedRows.Utf8(lines), Calls, new()));
}
