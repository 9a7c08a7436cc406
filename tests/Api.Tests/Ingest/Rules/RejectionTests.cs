using QualityIngest.Client;

namespace QualityIngest.Api.Tests.Ingest.Rules;

[Collection(IngestCollection.Name)]
public sealed class RejectionTests(IngestHost host)
{
    [SkippableFact]
    public async Task A_refused_row_is_kept_with_its_line_field_and_code_and_the_others_go_on()
    {
        var bucket = await host.ArrangeReady();
        await bucket.PutScript("c-1");
        await bucket.PutCsv("day.csv", [Arranged.Row("c-1"), Arranged.Row("c-2", start: "2025-06-10T13:30:00"), Arranged.Row("", queue: "")]);

        await bucket.Ingest();

        var file = await bucket.File("day.csv");
        file.Is(FileStatus.PartiallyIngested, accepted: 1, rejected: 2);
        Assert.Equal(
            [
                (3, "c-2", "conversationStartTime", "timestamp_without_zone"),
                (4, null, "conversationId", "missing_value"),
                (4, null, "queueId", "missing_value"),
            ],
            await Faults(bucket, file));
    }

    [SkippableFact]
    public async Task A_retry_finds_the_same_refusals_and_keeps_each_once()
    {
        var bucket = await host.ArrangeReady();
        await bucket.PutCsv("day.csv", [Arranged.Row("c-1", start: "soon"), Arranged.Row("c-2", agent: "nobody")]);
        await bucket.Ingest();
        var file = await bucket.File("day.csv");
        var before = await Faults(bucket, file);

        await bucket.Client.RetryFilesAsync(new() { Code = "email_invalid" });
        await bucket.Idle();

        (await bucket.File("day.csv")).Is(FileStatus.PartiallyIngested, rejected: 2);
        Assert.Equal(before, await Faults(bucket, file));
        Assert.Equal("file_retried", (await bucket.Client.ListFileEventsAsync(file.Id)).ElementAt(3).Type);
    }

    [SkippableFact]
    public async Task A_mended_file_leaves_no_refusal_of_its_old_version()
    {
        var bucket = await host.ArrangeReady();
        await bucket.PutCsv("day.csv", [Arranged.Row("c-1", start: "soon"), Arranged.Row("c-2", agent: "nobody")]);
        await bucket.Ingest();
        await bucket.PutChats("day.csv", "c-1", "c-2");

        await bucket.Ingest();

        var file = await bucket.File("day.csv");
        file.Is(FileStatus.Ingested, accepted: 2);
        Assert.Empty(await Faults(bucket, file));
    }

    [SkippableFact]
    public async Task A_file_without_a_usable_header_fails_by_name_and_is_read_again_when_replaced()
    {
        var bucket = await host.ArrangeReady();
        await bucket.S3.Put(bucket.Bucket, "calls/day.csv", "conversationId;queueId\nc-1;Q1\n");
        await bucket.Ingest();
        var failed = await bucket.File("day.csv");
        failed.Is(FileStatus.Failed);
        Assert.Equal(("missing_columns", false), (failed.ErrorCode, failed.Retryable));
        Assert.StartsWith("Line 1: ", failed.ErrorDetail, StringComparison.Ordinal);

        await bucket.PutChats("day.csv", "c-1");
        await bucket.Ingest();

        (await bucket.File("day.csv")).Is(FileStatus.Ingested, accepted: 1);
    }

    [SkippableFact]
    public async Task A_file_that_breaks_off_within_quotes_keeps_the_rows_before_it_and_says_where()
    {
        var bucket = await host.ArrangeReady();
        await bucket.PutScript("c-1");
        await bucket.PutCsv("day.csv", [Arranged.Row("c-1"), "\"" + Arranged.Row("c-2")]);

        await bucket.Ingest();

        var file = await bucket.File("day.csv");
        file.Is(FileStatus.Failed, accepted: 1);
        Assert.Equal("quote_not_closed", file.ErrorCode);
        Assert.StartsWith("Line 3: ", file.ErrorDetail, StringComparison.Ordinal);
        Assert.Equal(ConversationStatus.Completed, (await bucket.Conversation("c-1")).Status);
    }

    [SkippableFact]
    public async Task Bytes_that_no_column_can_hold_are_refusals_too()
    {
        var bucket = await host.ArrangeReady();
        await bucket.PutScript("c-1");
        await bucket.PutCsv("day.csv", [Arranged.Row("c-1"), Arranged.Row("c-\02"), Arranged.Row("c-3", queue: "Q\0"), Arranged.Row("c-4") + ",\0"]);

        await bucket.Ingest();

        (await bucket.File("day.csv")).Is(FileStatus.PartiallyIngested, accepted: 1, rejected: 3);
    }

    private static async Task<List<(int, string?, string?, string)>> Faults(Arranged bucket, IngestedFile file) =>
        [.. (await bucket.Client.ListRejectionsAsync(file.Id)).Items.Select(r => ((int)r.Line, r.ExternalId, r.Field, r.Code))];
}
