using QualityIngest.Api.Tests.Feeds;
using QualityIngest.Api.Tests.Ingest;
using QualityIngest.Api.Tests.Ingest.Json;
using QualityIngest.Api.Tests.Ingest.Recordings;
using QualityIngest.Client;
using static QualityIngest.Api.Tests.Feeds.FeedBucket;
using static QualityIngest.Api.Tests.Feeds.Rows;

namespace QualityIngest.Api.Tests.Conversations.Erasure;

/// <summary>After an erasure no word of the conversation stands anywhere in the database, whatever format it came in.</summary>
[Collection(FeedCollection.Name)]
public sealed class TraceTests(FeedHost host)
{
    private static readonly DateOnly Day = new(2025, 6, 10);

    [SkippableFact]
    public async Task A_chat_of_a_csv_leaves_no_trace()
    {
        var (bucket, word) = (await host.ArrangeReady(), Canary.New());
        await bucket.PutScript(word, $"My number is {word}.");
        await bucket.PutScript("c-2");
        await bucket.PutCsv("a.csv", [Arranged.Row(word), Arranged.Row("c-2"), Arranged.Row(word, start: $"{word}-soon")]);
        await bucket.Ingest();
        (await bucket.File("a.csv")).Is(FileStatus.PartiallyIngested, accepted: 2, rejected: 1);

        await Erased(bucket, word, "qi.conversations", "qi.conversation_contents", "qi.conversation_search", "qi.file_rejections");

        (await bucket.File("a.csv")).Is(FileStatus.PartiallyIngested, accepted: 2, rejected: 1);
        await bucket.Client.RetryFileAsync((await bucket.File("a.csv")).Id);
        await bucket.Idle();
        (await bucket.File("a.csv")).Is(FileStatus.Ingested, accepted: 1, erased: 2);
        await NoTrace(word);
        Assert.Equal(4, (await bucket.Client.GetTranscriptAsync((await bucket.Conversation("c-2")).Id)).Utterances.Count);
    }

    [SkippableFact]
    public async Task A_recorded_call_and_its_revisions_leave_no_trace()
    {
        var (bucket, word) = (await host.ArrangeReady(), Canary.New());
        await bucket.PutSound(word, SoundFiles.Stereo);
        await bucket.PutCalls("a.csv", Calls.Stereo(word) + word);
        await bucket.Ingest();
        await bucket.PutCalls("a.csv", Calls.Stereo(word) + $"{word}, again".Replace(", ", "-", StringComparison.Ordinal));
        await bucket.Ingest();
        Assert.Equal((2, ConversationStatus.Completed), (await bucket.Conversation(word)) is var call ? (call.Revision, call.Status) : default);

        await Erased(bucket, word, "qi.conversations", "qi.conversation_contents");

        await bucket.Client.RetryFileAsync((await bucket.File("a.csv")).Id);
        await bucket.Idle();
        (await bucket.File("a.csv")).Is(FileStatus.Ingested, erased: 1);
        await NoTrace(word);
    }

    [SkippableFact]
    public async Task A_mono_pair_and_the_row_that_contradicted_it_leave_no_trace()
    {
        var (bucket, word) = (await host.ArrangeReady(), Canary.New());
        await bucket.PutPair(word);
        await bucket.PutCalls("a.csv", Calls.AgentSide(word, note: word), Calls.CustomerSide(word, note: word), Calls.CustomerSide(word, queue: $"{word}-q"));
        await bucket.Ingest();

        await Erased(bucket, word, "qi.conversations", "qi.conversation_contents");
    }

    [SkippableFact]
    public async Task A_conversation_that_failed_leaves_no_trace_and_no_work()
    {
        var (bucket, word) = (await host.ArrangeReady(), Canary.New());
        await bucket.PutCsv("a.csv", [Arranged.Row(word)]);
        await bucket.Ingest();
        Assert.Equal(ConversationStatus.Failed, (await bucket.Conversation(word)).Status);

        await Erased(bucket, word, "qi.conversations", "qi.conversation_contents");
        Assert.Equal(0, await Count(bucket, "work_items"));
    }

    [SkippableFact]
    public async Task A_conversation_of_json_leaves_no_trace()
    {
        var (bucket, word) = (await host.Arrange(input => input with { Format = "conversation-json" }), Canary.New());
        await bucket.Client.CreateAgentAsync(new() { Name = "Ana", ExternalId = Chat.Agent });
        await bucket.S3.Put(bucket.Bucket, "calls/a.jsonl", Chat.Lines(
            Chat.Of(word, text: word, more: $$""","user_data":{"name":"{{word}}"},"{{word}}":"x" """),
            Chat.Of("c-2"),
            Chat.Of(word, text: word).Replace("\"role\":\"agent\"", $"\"role\":\"{word}\"", StringComparison.Ordinal)));
        await bucket.Ingest();

        await Erased(bucket, word, "qi.conversations", "qi.conversation_contents", "qi.conversation_search", "qi.file_rejections");

        await bucket.Client.RetryFileAsync((await bucket.File("a.jsonl")).Id);
        await bucket.Idle();
        (await bucket.File("a.jsonl")).Is(FileStatus.Ingested, accepted: 1, erased: 2);
        await NoTrace(word);
        Assert.Equal("c-2", Assert.Single((await bucket.Client.ListConversationsAsync()).Items).ExternalId);
    }

    [SkippableFact]
    public async Task A_conversation_of_feeds_leaves_no_trace_and_neither_do_its_calls_and_sales()
    {
        var (bucket, word) = (await host.ArrangeFeeds(), Canary.New());
        var (said, called, sold) = (Directory("historical_transcripts"), Directory("call_center_issues"), Directory("sales_methods_attribution"));
        await bucket.PutSealed(said, TranscriptHeader, Message(word, word), Message("c-2", "Hello"), Message(word, "x", at: $"{word}-then"));
        await bucket.PutSealed(called, CallHeader, Call(word, word, word), Call("c-2"), $"k-1,{word},{word}-then,2025-06-10T10:05:00Z,Resolved");
        await bucket.PutSealed(sold, SaleHeader, Sale(word, word, word), Sale("t-2", "c-2"), $"t-3,{word}-then,65.25,{word},s-1,p-1,1");
        await bucket.Ingest();

        await Erased(
            bucket, word, "qi.conversations", "qi.conversation_contents", "qi.conversation_search", "qi.feed_parts", "qi.call_records", "qi.sales",
            "qi.file_rejections");

        await Again(bucket);
        await NoTrace(word);
        Assert.Equal(
            [(3L, 1L, 2L, 0L), (3L, 1L, 2L, 0L), (3L, 1L, 2L, 0L)],
            (await Task.WhenAll(bucket.Batch(said), bucket.Batch(called), bucket.Batch(sold)))
                .Select(b => b.Counts.Rows).Select(r => (r.RowsRead, r.Accepted, r.Erased, r.Rejected)));
        var neighbour = await bucket.Client.GetConversationAsync((await bucket.Conversation("c-2")).Id);
        Assert.Equal((1, 1), (neighbour.CallRecords!.Count, neighbour.Sales!.Count));
        Assert.Equal(["Hello"], await bucket.Said("c-2"));
        Assert.Equal(["c-2"], await bucket.ConversationIds());
    }

    [SkippableFact]
    public async Task A_row_of_a_customer_that_is_called_as_an_erased_conversation_is_not_its()
    {
        var bucket = await host.ArrangeFeeds();
        await bucket.PutSealed(Directory("historical_transcripts"), TranscriptHeader, Message("c-1", "Hello"));
        await bucket.PutSealed(Directory("call_center_issues"), CallHeader, "c-1,,never,2025-06-10T10:05:00Z,Resolved", "c-1,,2025-06-10T10:00:00Z,2025-06-10T10:05:00Z,Resolved");
        await bucket.PutSealed(Directory("sales_methods_attribution"), SaleHeader, "c-1,never,1,c-2,s-1,p-1,1", Sale("c-1", "c-2"));
        await bucket.Ingest();

        await bucket.Client.EraseConversationAsync((await bucket.Conversation("c-1")).Id, "*");
        Assert.Equal(2, await Count(bucket, "file_rejections"));
        await Again(bucket);

        await bucket.Holds("call_records", 1);
        await bucket.Holds("sales", 1);
        Assert.Equal(2, await Count(bucket, "file_rejections"));
    }

    [SkippableFact]
    public async Task Rows_of_a_name_that_two_conversations_bear_go_with_the_last_of_them()
    {
        var bucket = await host.ArrangeFeeds(change: input => input with { Namespace = "shared" });
        var chats = await bucket.Client.CreateConnectorAsync(
            IngestHost.Input(bucket.S3, bucket.Bucket, "chats/") with { Name = "Chats", Format = "conversation-json", Namespace = "shared" });
        await bucket.Client.CreateAgentAsync(new() { Name = "Ana", ExternalId = Chat.Agent });
        await bucket.Client.CreateAgentAsync(new() { Name = "Ben", ExternalId = "agent-8" });
        await bucket.S3.Put(
            bucket.Bucket, "chats/a.jsonl",
            Chat.Lines(Chat.Of("c-1"), Chat.Of("c-1", "agent-8"), Chat.Of("c-1", "agent-8").Replace("\"role\":\"agent\"", "\"role\":\"nobody\"", StringComparison.Ordinal)));
        await bucket.Ingest(chats.Id);
        await bucket.PutSealed(Directory("call_center_issues"), CallHeader, Call("c-1"), Call("c-2"));
        await bucket.PutSealed(Directory("sales_methods_attribution"), SaleHeader, Sale("t-1", "c-1"), Sale("t-2", "c-2"));
        await bucket.Ingest();
        var both = (await bucket.Client.ListConversationsAsync(externalId: "c-1")).Items;
        Assert.Equal(2, both.Count);

        await bucket.Client.EraseConversationAsync(both[0].Id, "*");
        Assert.Equal((2, 2, 0), (await Count(bucket, "call_records"), await Count(bucket, "sales"), await Count(bucket, "file_rejections")));
        await Again(bucket);
        await bucket.Holds("call_records", 2);
        await bucket.Holds("sales", 2);
        Assert.Single((await bucket.Client.GetConversationAsync(both[^1].Id)).CallRecords!);

        await bucket.Client.EraseConversationAsync(both[^1].Id, "*");
        Assert.Equal((1, 1), (await Count(bucket, "call_records"), await Count(bucket, "sales")));
        await Again(bucket);
        await bucket.Holds("call_records", 1);
        await bucket.Holds("sales", 1);
        Assert.Equal(1, (await bucket.Batch(Directory("call_center_issues"))).Counts.Rows.Erased);
    }

    [SkippableFact]
    public async Task What_was_answered_about_it_is_forgotten_and_what_was_answered_about_others_stays()
    {
        var (bucket, word) = (await host.ArrangeReady(), Canary.New());
        await bucket.PutChats("a.csv", word, "c-2");
        await bucket.Ingest();
        var (id, other) = ((await bucket.Conversation(word)).Id, (await bucket.Conversation("c-2")).Id);
        await Answered(bucket, id, word);
        await Answered(bucket, other, "kept");
        Assert.Equal("erased kept", await Answers(bucket, id));

        await Erased(bucket, word, "qi.webhook_attempts");

        Assert.Equal("kept", await Answers(bucket, id));
        await using var kept = host.Database.Source.CreateCommand("select string_agg(response, ',') from webhook_attempts where tenant_id = $1");
        kept.Parameters.AddWithValue(bucket.Tenant.Id);
        Assert.Equal("He said kept.", await kept.ExecuteScalarAsync());
    }

    /// <summary>Has a call about a conversation answered that may be repeated, and its first message answered by a subscriber.</summary>
    private async Task Answered(Arranged bucket, Guid conversation, string word)
    {
        using var http = host.Http(bucket.Tenant.Secret);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"v1/conversations/{conversation}/retry") { Headers = { { "Idempotency-Key", $"k-{conversation}" } } };
        (await http.SendAsync(request)).EnsureSuccessStatusCode().Dispose();
        await bucket.Idle();
        await using var command = host.Database.Source.CreateCommand(
            """
            with endpoint as (
                insert into webhook_endpoints (id, tenant_id, url, sealed_secret) values (gen_random_uuid(), $1, 'https://example.com', '') returning id
            ), delivery as (
                insert into webhook_deliveries (tenant_id, endpoint_id, seq, event_id, stream_id, type, state, next_at)
                select $1, endpoint.id, e.seq_id, e.id, e.stream_id, 'conversation.received', 'delivered', null
                from endpoint, events.mt_events e where e.tenant_id = $1 and e.stream_id = $2 and e.version = 1
                returning id
            )
            insert into webhook_attempts (tenant_id, delivery_id, number, at, duration_ms, response)
            select $1, id, 1, now(), 1, 'He said ' || $3 || '.' from delivery
            """);
        command.Parameters.AddWithValue(bucket.Tenant.Id);
        command.Parameters.AddWithValue(conversation);
        command.Parameters.AddWithValue(word);
        Assert.Equal(1, await command.ExecuteNonQueryAsync());
    }

    /// <summary>Whose answers are kept to be repeated.</summary>
    private async Task<string> Answers(Arranged bucket, Guid erased)
    {
        await using var command = host.Database.Source.CreateCommand(
            """
            select string_agg(case when subject = $2 then 'erased' else 'kept' end, ' ' order by subject = $2 desc)
            from idempotency_keys where tenant_id = $1 and subject is not null
            """);
        command.Parameters.AddWithValue(bucket.Tenant.Id);
        command.Parameters.AddWithValue(erased);
        return (string)(await command.ExecuteScalarAsync())!;
    }

    [SkippableFact]
    public async Task A_recording_of_a_feed_is_forgotten_and_not_attached_again()
    {
        var bucket = await host.ArrangeFeeds();
        await bucket.PutRecordings(("c-1.wav", SoundFiles.Stereo));
        await bucket.PutSealed(Directory("historical_transcripts"), TranscriptHeader, Message("c-1", "Hello"));
        await bucket.Ingest();
        var call = await bucket.Conversation("c-1");
        Assert.Equal(ConversationStatus.Completed, call.Status);

        await bucket.Client.EraseConversationAsync(call.Id, "*");
        await Again(bucket);

        Assert.Equal(0, await Count(bucket, "feed_recordings"));
        Assert.Empty(await bucket.ConversationIds());
        Assert.Equal(1, (await bucket.Batch(Directory("call_recordings"))).Counts.Rows.Erased);
    }

    /// <summary>Erases the conversation of this name, and finds it nowhere any more.</summary>
    /// <param name="bucket">Where it is.</param>
    /// <param name="word">Its name, which stands all over it.</param>
    /// <param name="places">Tables in which it stood, among others.</param>
    private async Task Erased(Arranged bucket, string word, params string[] places)
    {
        var conversation = await bucket.Conversation(word);
        Assert.Empty(places.Except(await Canary.Places(host.Database, word)));

        await bucket.Client.EraseConversationAsync(conversation.Id, $"\"{conversation.Version}\"");

        await NoTrace(word);
        var gone = await Assert.ThrowsAsync<QualityIngestException<Problem>>(() => bucket.Client.GetConversationAsync(conversation.Id));
        Assert.Equal((410, "conversation_erased"), (gone.StatusCode, gone.Result.Code));
    }

    /// <summary>Imports all batches of the day again.</summary>
    private static async Task Again(Arranged bucket)
    {
        await bucket.Client.ReimportBatchesAsync(bucket.Connector.Id, Day, Day);
        await bucket.Idle();
    }

    private async Task NoTrace(string word) => Assert.Empty(await Canary.Places(host.Database, word));

    private async Task<long> Count(Arranged bucket, string table)
    {
        await using var command = host.Database.Source.CreateCommand($"select count(*) from {table} where tenant_id = $1");
        command.Parameters.AddWithValue(bucket.Tenant.Id);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
