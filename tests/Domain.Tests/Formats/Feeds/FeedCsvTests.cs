using QualityIngest.Domain.Formats;
using QualityIngest.Domain.Formats.Feeds;

namespace QualityIngest.Domain.Tests.Formats.Feeds;

public sealed class FeedCsvTests
{
    private static readonly FeedSchema Calls = FeedSchema.CallCenterIssues;
    private static readonly FeedSchema Messages = FeedSchema.HistoricalTranscripts;
    private static readonly FeedSchema Sales = FeedSchema.SalesMethodsAttribution;

    private const string CallHeader = "customer_id,call_start,call_end,transfer,survey_taken,time_in_queue,caller_account_value";

    [Fact]
    public async Task Columns_may_come_in_any_order_and_case_and_unknown_ones_are_kept()
    {
        var items = await FeedRows.Csv(
            Messages, " Timestamp ,TEXT,sender_role,SENDER_EXTERNALID,conversation_externalid,region",
            "2022-03-16T18:42:24.488424Z,Hello,agent,6433421,3245556677,west");

        var row = Assert.Single(items);
        Assert.Equal("3245556677", row.Value(Messages, "conversation_externalId"));
        Assert.Equal(new DateTimeOffset(2022, 3, 16, 18, 42, 24, TimeSpan.Zero).AddMicroseconds(488424), row.Value(Messages, "timestamp"));
        Assert.Equal("""{"region":"west"}""", row.Row().Attributes);
        Assert.Equal(2, row.Line);
    }

    [Fact]
    public async Task Without_a_header_the_documented_order_counts()
    {
        var row = Assert.Single(await FeedRows.Csv(Messages, "c1,s1,customer,\"Hi, there\",2022-03-16T18:42:24Z"));

        Assert.Equal(["c1", "s1", "customer", "Hi, there"], row.Row().Values.Take(4));
        Assert.Equal(1, row.Line);
    }

    [Fact]
    public async Task A_header_that_lacks_a_required_name_is_a_row()
    {
        var items = await FeedRows.Csv(Messages, "conversation_externalId,sender_externalId,sender_role,text,at", "c1,s1,agent,x,2022-03-16T18:42:24Z");

        Assert.Equal(["sender_role", "timestamp"], Assert.IsType<RejectedRow>(items[0]).Errors.Select(e => e.Field).Order());
        Assert.IsType<FeedRow>(items[1]);
    }

    [Fact]
    public async Task Unquoted_NULL_and_nothing_are_no_value_and_quoted_they_are_texts()
    {
        var items = await FeedRows.Csv(
            Calls, "customer_id,call_start,call_end,disposition_notes,customer_type",
            "c1,2020-01-03T20:02:13Z,2020-01-03T20:03:13Z,NULL,",
            "c1,2020-01-03T20:02:13Z,2020-01-03T20:03:13Z,\"NULL\",\"\"");

        Assert.Equal([null, null], Notes(items[0]));
        Assert.Equal(["NULL", ""], Notes(items[1]));

        static object?[] Notes(FormatItem item) => [item.Value(Calls, "disposition_notes"), item.Value(Calls, "customer_type")];
    }

    [Theory]
    [InlineData("NA", null)]
    [InlineData("Null", null)]
    [InlineData("\"NA\"", null)]
    [InlineData("NULL", null)]
    [InlineData("Sales Group", "Sales Group")]
    [InlineData("na", "na")]
    public async Task A_transfer_may_say_in_words_that_there_was_none(string written, string? read)
    {
        var row = Assert.Single(await FeedRows.Csv(Calls, CallHeader, $"c1,2020-01-03T20:02:13Z,2020-01-03T20:03:13Z,{written},,,"));

        Assert.Equal(read, row.Value(Calls, "transfer"));
    }

    [Fact]
    public async Task NA_is_a_text_everywhere_else()
    {
        var row = Assert.Single(await FeedRows.Csv(Calls, "customer_id,call_start,call_end,customer_type", "c1,2020-01-03T20:02:13Z,2020-01-03T20:03:13Z,NA"));

        Assert.Equal("NA", row.Value(Calls, "customer_type"));
    }

    [Theory]
    [InlineData("survey_taken", "true", true)]
    [InlineData("time_in_queue", "600", 600L)]
    public async Task Typed_columns_are_read_as_what_they_are(string column, string written, object read)
    {
        var row = Assert.Single(await FeedRows.Csv(Calls, $"customer_id,call_start,call_end,{column}", $"c1,2020-01-03T20:02:13Z,2020-01-03T20:03:13Z,{written}"));

        Assert.Equal(read, row.Value(Calls, column));
    }

    [Theory]
    [InlineData("129.45", "129.45")]
    [InlineData("-0.10", "-0.10")]
    [InlineData("9999999999999999999999999.999", "9999999999999999999999999.999")]
    public async Task Decimals_keep_every_digit(string written, string read)
    {
        var row = Assert.Single(await FeedRows.Csv(Calls, CallHeader, $"c1,2020-01-03T20:02:13Z,2020-01-03T20:03:13Z,,,,{written}"));

        Assert.Equal(read, Assert.IsType<decimal>(row.Value(Calls, "caller_account_value")).ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("survey_taken", "True", FeedCodes.BoolInvalid)]
    [InlineData("survey_taken", "1", FeedCodes.BoolInvalid)]
    [InlineData("time_in_queue", "1.5", FeedCodes.IntegerInvalid)]
    [InlineData("time_in_queue", "+5", FeedCodes.IntegerInvalid)]
    [InlineData("time_in_queue", "99999999999999999999", FeedCodes.IntegerInvalid)]
    [InlineData("time_in_queue", "-1", FeedCodes.NegativeNumber)]
    [InlineData("caller_account_value", "\"1,5\"", FeedCodes.DecimalInvalid)]
    [InlineData("caller_account_value", "1e3", FeedCodes.DecimalInvalid)]
    [InlineData("caller_account_value", ".5", FeedCodes.DecimalInvalid)]
    [InlineData("caller_account_value", "5.", FeedCodes.DecimalInvalid)]
    [InlineData("caller_account_value", "12345678901234567890123456789", FeedCodes.DecimalInvalid)]
    [InlineData("call_assigned_to_agent", "2020-01-03T20:02:13", RowCodes.TimestampWithoutZone)]
    [InlineData("call_assigned_to_agent", "3 January", RowCodes.TimestampInvalid)]
    public async Task What_a_column_cannot_hold_is_refused_there(string column, string written, string code)
    {
        var row = Assert.Single(await FeedRows.Csv(Calls, $"customer_id,call_start,call_end,{column}", $"c1,2020-01-03T20:02:13Z,2020-01-03T20:03:13Z,{written}"));

        Assert.Equal((column, code), (row.Error().Field, row.Error().Code));
    }

    [Fact]
    public async Task A_row_is_told_everything_that_is_wrong_with_it_and_the_rest_goes_on()
    {
        var items = await FeedRows.Csv(
            Messages, FeedRows.Messages, "c1,,robot,,never", "c1,s1,agent,ok,2022-03-16T18:42:24Z", "c1,s1,agent,short", "c1,s1,BOT,ok,2022-03-16T18:42:24Z");

        var refused = Assert.IsType<RejectedRow>(items[0]);
        Assert.Equal("c1", refused.ExternalId);
        Assert.Equal(
            [("sender_externalId", RowCodes.MissingValue), ("sender_role", RowCodes.RoleInvalid), ("text", RowCodes.MissingValue), ("timestamp", RowCodes.TimestampInvalid)],
            refused.Errors.Select(e => (e.Field, e.Code)).Order());
        Assert.IsType<FeedRow>(items[1]);
        Assert.Equal(RowCodes.FieldCount, items[2].Error().Code);
        Assert.Equal("bot", items[3].Value(Messages, "sender_role"));
    }

    [Fact]
    public async Task A_call_that_ends_before_it_starts_is_refused_and_one_without_length_is_noticed()
    {
        var items = await FeedRows.Csv(
            Calls, "customer_id,call_start,call_end", "c1,2020-01-03T20:02:13Z,2020-01-03T20:02:12Z", "c1,2020-01-03T20:02:13Z,2020-01-03T21:02:13+01:00");

        Assert.Equal(RowCodes.EndBeforeStart, items[0].Error().Code);
        Assert.Equal([RowWarnings.ZeroDuration], items[1].Row().Warnings);
    }

    [Fact]
    public async Task Rows_of_another_day_are_noticed()
    {
        var day = new FeedOptions { Date = new(2022, 3, 16) };
        string[] rows = [FeedRows.Messages, "c,s,agent,x,2022-03-16T23:59:59Z", "c,s,agent,x,2022-03-17T00:00:00Z", "c,s,agent,x,2022-03-17T01:00:00+02:00", "c,s,agent,x,2022-03-15T12:00:00Z"];

        Assert.Equal([0, 1, 0, 1], (await FeedRows.Csv(Messages, day, rows)).Select(r => r.Row().Warnings.Count));
        Assert.Equal([0, 1, 0, 0], (await FeedRows.Csv(Messages, day with { Snapshot = true }, rows)).Select(r => r.Row().Warnings.Count));
    }

    [Fact]
    public async Task A_sale_that_names_neither_customer_nor_conversation_is_accepted_as_unattributed()
    {
        var items = await FeedRows.Csv(
            Sales, "transaction_id,transaction_time,external_session_id,product_quantity,issue_id",
            "t1,2007-04-05T14:30:05.123Z,s1,1,NULL", "t1,2007-04-05T14:30:05.123Z,s1,-1,i1");

        Assert.Equal([FeedWarnings.Unattributed], items[0].Row().Warnings);
        Assert.Empty(items[1].Row().Warnings);
        Assert.Equal(-1L, items[1].Value(Sales, "product_quantity"));
    }

    [Fact]
    public async Task What_is_refused_is_known_by_the_conversation_that_it_names_and_by_nothing_else()
    {
        var sales = await FeedRows.Csv(Sales, "transaction_id,transaction_time,external_session_id,product_quantity,issue_id", "t1,never,s1,1,i1", "t2,never,s1,1,");
        var calls = await FeedRows.Csv(Calls, "customer_id,call_start,call_end,conversation_id", "c1,never,never,i1", "c2,never,never,");

        Assert.Equal(["i1", null, "i1", null], sales.Concat(calls).Select(row => Assert.IsType<RejectedRow>(row).ExternalId));
    }

    [Fact]
    public async Task An_empty_file_has_no_rows()
    {
        Assert.Empty(await FeedRows.Csv(Messages, ""));
        Assert.Empty(await FeedRows.Csv(Messages, FeedRows.Messages));
    }

    [Fact]
    public async Task A_column_whose_name_no_database_can_hold_ends_the_file()
    {
        var error = Assert.IsType<FileError>(Assert.Single(await FeedRows.Csv(Messages, $"{FeedRows.Messages},a\0b", "c,s,agent,x,2022-03-16T18:42:24Z,y")));

        Assert.Equal((RowCodes.ControlCharacter, (string?)null, 1L), (error.Code, error.Field, error.Line));
        Assert.DoesNotContain('\0', error.Message);
    }

    [Fact]
    public async Task A_column_that_stands_twice_in_the_header_ends_the_file()
    {
        var error = Assert.IsType<FileError>(Assert.Single(await FeedRows.Csv(Messages, $"{FeedRows.Messages},TEXT", "c,s,agent,x,2022-03-16T18:42:24Z,y")));

        Assert.Equal((RowCodes.DuplicateColumn, "text"), (error.Code, error.Field));
    }
}
