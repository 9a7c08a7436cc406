using QualityIngest.Api.Tests.Ingest;
using QualityIngest.Api.Tests.Ingest.Recordings;
using QualityIngest.Client;
using static QualityIngest.Api.Tests.Feeds.FeedBucket;
using static QualityIngest.Api.Tests.Feeds.Rows;

namespace QualityIngest.Api.Tests.Feeds;

/// <summary>Both kinds of files come to the same rows, and a row that cannot be read is told with its place.</summary>
[Collection(FeedCollection.Name)]
public sealed class RowRuleTests(FeedHost host)
{
    public static TheoryData<string, string, string[]> Writings() => new()
    {
        {
            "a header", "csv",
            [CallHeader, "7,c-1,2025-06-10T10:00:00Z,2025-06-10T10:05:00+00:00,Resolved", "8,c-2,2025-06-10T11:00:00Z,2025-06-10T11:00:00Z,NULL"]
        },
        {
            "a header in another order and other letters", "csv",
            [
                " Disposition_Category ,CALL_END,call_start,extra,Conversation_Id,customer_id", "Resolved,2025-06-10T10:05:00Z,2025-06-10T12:00:00+02:00,,c-1,7",
                ",2025-06-10T11:00:00Z,2025-06-10T11:00:00Z,,c-2,8",
            ]
        },
        {
            "no header", "csv",
            [
                "7,c-1,2025-06-10T10:00:00Z,2025-06-10T10:05:00Z,,,,,,,,,,,,,,,,Resolved,,,",
                "8,c-2,2025-06-10T11:00:00Z,2025-06-10T11:00:00Z,NULL,,,,,,,,,,,,,,NA,NULL,,,",
            ]
        },
        {
            "lines of JSON", "jsonl",
            [
                """{"customer_id":"7","conversation_id":"c-1","call_start":"2025-06-10T10:00:00Z","call_end":"2025-06-10T10:05:00Z","disposition_category":"Resolved"}""",
                """{"call_end":"2025-06-10T11:00:00Z","call_start":"2025-06-10T11:00:00Z","conversation_id":"c-2","customer_id":8,"disposition_category":null}""",
            ]
        },
    };

    [SkippableTheory]
    [MemberData(nameof(Writings))]
    public async Task Every_writing_comes_to_the_same_call_records(string what, string encoding, string[] lines)
    {
        var bucket = await host.ArrangeFeeds();
        await bucket.PutSealed(Directory("call_center_issues", format: encoding), lines);

        var batch = await bucket.Ingested(Directory("call_center_issues", format: encoding));

        Assert.True((BatchStatus.Imported, 2L, 0L) == (batch.Status, batch.Counts.Rows.Accepted, batch.Counts.Rows.Rejected ?? 0), what);
        var calls = (await bucket.Client.ListCallRecordsAsync()).Items.OrderBy(c => c.CallStart).ToList();
        Assert.Equal(
            [("7", "c-1", 10, 5, "Resolved"), ("8", "c-2", 11, 0, null)],
            calls.Select(c => (c.CustomerId, c.ExternalConversationId!, c.CallStart.Hour, (int)(c.CallEnd - c.CallStart).TotalMinutes, c.DispositionCategory)));
        Assert.Equal(["zero_duration"], calls[1].Warnings);
    }

    [SkippableFact]
    public async Task Null_in_quotes_is_a_text_and_without_them_it_is_nothing()
    {
        var bucket = await host.ArrangeFeeds();
        await bucket.PutSealed(
            Directory("call_center_issues"),
            "customer_id,conversation_id,call_start,call_end,disposition_category,transfer",
            "7,c-1,2025-06-10T10:00:00Z,2025-06-10T10:05:00Z,\"NULL\",\"NA\"",
            "7,c-2,2025-06-10T10:00:01Z,2025-06-10T10:05:00Z,NULL,Null",
            "7,c-3,2025-06-10T10:00:02Z,2025-06-10T10:05:00Z,NA,Sales");
        await bucket.Ingest();

        Assert.Equal(
            [("NULL", null), (null, null), ("NA", "Sales")],
            (await bucket.Client.ListCallRecordsAsync()).Items.OrderBy(c => c.CallStart).Select(c => (c.DispositionCategory, c.Transfer)));
    }

    [SkippableFact]
    public async Task Rows_that_cannot_be_read_are_refused_with_line_and_field_and_the_rest_goes_on()
    {
        var bucket = await host.ArrangeFeeds();
        var directory = Directory("call_center_issues");
        await bucket.PutSealed(
            directory,
            "customer_id,conversation_id,call_start,call_end,survey_offered,time_in_queue,caller_account_value",
            "7,c-1,2025-06-10T10:00:00Z,2025-06-10T10:05:00Z,true,5,129.45",
            "7,c-2,2025-06-10T10:00:00,2025-06-10T10:05:00Z,yes,-5,\"129,45\"",
            "7,c-3,2025-06-10T10:00:00Z,2025-06-10T09:05:00Z,,,",
            ",c-4,2025-06-09T10:00:00Z,2025-06-09T10:05:00Z,,,");

        var batch = await bucket.Ingested(directory);

        Assert.Equal((BatchStatus.Imported, 4, 1, 3), (batch.Status, batch.Counts.Rows.RowsRead, batch.Counts.Rows.Accepted, batch.Counts.Rows.Rejected));
        var file = await bucket.FileOf($"{directory}part.csv");
        Assert.Equal((FileStatus.PartiallyIngested, 3), (file.Status, file.Counts.Rejected));
        Assert.Equal(
            [
                (3, "call_start", "timestamp_without_zone"), (3, "caller_account_value", "decimal_invalid"), (3, "survey_offered", "bool_invalid"),
                (3, "time_in_queue", "negative_number"), (4, "call_end", "end_before_start"), (5, "customer_id", "missing_value"),
            ],
            (await bucket.FaultsOf(file)).OrderBy(f => f.Line).ThenBy(f => f.Field, StringComparer.Ordinal));
    }

    [SkippableFact]
    public async Task A_row_of_another_day_is_taken_with_a_warning()
    {
        var bucket = await host.ArrangeFeeds();
        await bucket.PutSealed(Directory("call_center_issues", "dt=2025-06-11"), CallHeader, Call("c-1"));
        await bucket.Ingest();

        Assert.Equal(["outside_date"], Assert.Single((await bucket.Client.ListCallRecordsAsync()).Items).Warnings);
    }

    [SkippableFact]
    public async Task A_header_that_cannot_be_read_fails_the_batch_and_what_it_showed_stays()
    {
        var bucket = await host.ArrangeFeeds();
        var directory = Directory("call_center_issues");
        await bucket.PutSealed(directory, CallHeader, Call("c-1"));
        await bucket.Ingest();
        await bucket.PutSealed(directory, "customer_id,call_start,call_end,customer_id", "7,2025-06-10T10:00:00Z,2025-06-10T10:05:00Z,7");

        var failed = await bucket.Ingested(directory);

        Assert.Equal((BatchStatus.Failed, "duplicate_column", false), (failed.Status, failed.ErrorCode, failed.Retryable));
        Assert.Contains($"{directory}part.csv", failed.ErrorDetail, StringComparison.Ordinal);
        Assert.Equal(["c-1"], await bucket.CallIds());

        await bucket.PutSealed(directory, CallHeader, Call("c-2"));
        Assert.Equal(BatchStatus.Imported, (await bucket.Ingested(directory)).Status);
        Assert.Equal(["c-2"], await bucket.CallIds());
    }

    [SkippableFact]
    public async Task A_column_is_split_where_the_connector_names_its_delimiter()
    {
        var bucket = await host.ArrangeFeeds(new() { Delimiters = new Dictionary<string, string> { ["transaction_completed"] = ";" } });
        await bucket.PutSealed(
            Directory("call_center_issues"), "customer_id,conversation_id,call_start,call_end,transaction_completed",
            "7,c-1,2025-06-10T10:00:00Z,2025-06-10T10:05:00Z,Upgrade; Payment");
        await bucket.Ingest();

        var call = Assert.Single((await bucket.Client.ListCallRecordsAsync()).Items);
        Assert.Equal("Upgrade; Payment", call.TransactionCompleted);
        Assert.Equal(["Upgrade", "Payment"], call.Lists["transaction_completed"].Select(v => v.Trim()));
    }
}
