using QualityIngest.Client;

namespace QualityIngest.Api.Tests.Ingest.Rules;

[Collection(IngestCollection.Name)]
public sealed class TranscriptTests(IngestHost host)
{
    [SkippableFact]
    public async Task A_missing_transcript_fails_its_conversation_alone_and_a_retry_by_filter_completes_it()
    {
        var bucket = await host.ArrangeReady();
        await bucket.PutScript("c-2");
        await bucket.PutCsv("day.csv", [Arranged.Row("c-1"), Arranged.Row("c-2")]);
        await bucket.Ingest();
        var failed = await bucket.Conversation("c-1");
        Assert.Equal((ConversationStatus.Failed, "object_missing", true), (failed.Status, failed.ErrorCode, failed.Retryable));
        Assert.Null(failed.Metrics);
        Assert.Equal(ConversationStatus.Completed, (await bucket.Conversation("c-2")).Status);

        await bucket.PutScript("c-1");
        await bucket.Client.RetryConversationsAsync(new() { Code = "object_missing" });
        await bucket.Idle();

        var completed = await bucket.Conversation("c-1");
        Assert.Equal((ConversationStatus.Completed, (string?)null), (completed.Status, completed.ErrorCode));
        Assert.Equal(
            ["conversation_received", "conversation_failed", "conversation_retried", "transcript_attached", "conversation_completed"],
            (await bucket.Client.ListConversationEventsAsync(completed.Id)).Select(e => e.Type));
    }

    [SkippableTheory]
    [InlineData("{\"1\": {\"type\": \"USER\", \"text\": \"Hi\", \"timestamp\": 17495")]
    [InlineData("{\"1\": {\"type\": \"USER\", \"text\": \"a\\u0000b\", \"timestamp\": 1749562200000, \"userId\": \"u\"}}")]
    [InlineData("{\"1\": {\"type\": \"USER\", \"text\": \"a\\ud800b\", \"timestamp\": 1749562200000, \"userId\": \"u\"}}")]
    [InlineData("")]
    public async Task A_broken_transcript_fails_its_conversation_by_name_and_place(string script)
    {
        var bucket = await host.ArrangeReady();
        await bucket.S3.Put(bucket.Bucket, "calls/chats/c-1.json", script);
        await bucket.PutCsv("day.csv", [Arranged.Row("c-1")]);

        await bucket.Ingest();

        var failed = await bucket.Conversation("c-1");
        Assert.Equal((ConversationStatus.Failed, false), (failed.Status, failed.Retryable));
        Assert.NotEqual("attempts_exhausted", failed.ErrorCode);
        Assert.Matches(@"\(at \S+, byte \d+\)$", failed.ErrorDetail);
        (await bucket.File("day.csv")).Is(FileStatus.Ingested, accepted: 1);
    }

    [SkippableFact]
    public async Task A_retry_does_not_pile_up_warnings()
    {
        var bucket = await host.ArrangeReady();
        await bucket.S3.Put(bucket.Bucket, "calls/chats/c-1.json", """
            {"1":{"type":"USER","text":"Hello","timestamp":946684800000,"userId":"u"},
             "2":{"type":"AGENT","text":"Hello","timestamp":4102444800000,"userId":"a"}}
            """);
        await bucket.PutCsv("day.csv", [Arranged.Row("c-1")]);
        await bucket.Ingest();
        var before = await bucket.Conversation("c-1");
        Assert.NotEmpty(before.Warnings);

        await bucket.Client.RetryConversationAsync(before.Id);
        await bucket.Idle();

        Assert.Equal(before.Warnings, (await bucket.Conversation("c-1")).Warnings);
    }

    [SkippableFact]
    public async Task A_conversation_that_is_processing_or_held_is_not_retried()
    {
        var bucket = await host.Arrange();
        await bucket.PutChats("day.csv", "c-1");
        await bucket.Ingest();

        var held = await bucket.Conversation("c-1");

        await Answer.Refused(409, "not_retryable", () => bucket.Client.RetryConversationAsync(held.Id));
    }

    [SkippableTheory]
    [InlineData(2_000, "#/code")]
    [InlineData(0, "#")]
    public async Task A_filter_that_cannot_be_meant_is_refused(int length, string pointer)
    {
        var tenant = await host.NewTenant();

        var problem = await Answer.Problem(() => tenant.Client.RetryConversationsAsync(new() { Code = new string('x', length) }));

        Assert.Equal(pointer, Assert.Single(problem.Errors).Pointer);
    }

    [SkippableFact]
    public async Task A_locator_that_leaves_the_connectors_bucket_is_refused()
    {
        var bucket = await host.ArrangeReady();
        var elsewhere = await bucket.S3.NewBucket();
        await bucket.S3.Put(elsewhere, "chat.json", "{}");
        await bucket.PutCsv("day.csv", [Arranged.Row("c-1", script: $"s3://{elsewhere}/chat.json"), Arranged.Row("c-2", script: "../c-1.json")]);

        await bucket.Ingest();

        Assert.Equal("locator_not_allowed", (await bucket.Conversation("c-1")).ErrorCode);
        Assert.Equal("locator_invalid", (await bucket.Conversation("c-2")).ErrorCode);
    }
}
