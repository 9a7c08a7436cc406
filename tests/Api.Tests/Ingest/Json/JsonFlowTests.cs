using System.Text.Json;
using QualityIngest.Client;

namespace QualityIngest.Api.Tests.Ingest.Json;

[Collection(JsonCollection.Name)]
public sealed class JsonFlowTests(JsonHost host)
{
    [SkippableFact]
    public async Task A_conversation_is_complete_as_soon_as_its_file_is_read()
    {
        var bucket = await host.ArrangeJson();
        var agent = await bucket.Client.CreateAgentAsync(new() { Name = "Ana", ExternalId = Chat.Agent });
        await bucket.S3.Put(bucket.Bucket, "calls/day.json", Chat.Array(Chat.Of("c-1", more: ",\"is_resolved\":true,\"csat_score\":4.50"), Chat.Of("c-2")));

        await bucket.Ingest();

        (await bucket.File("day.json")).Is(FileStatus.Ingested, accepted: 2);
        var conversation = await bucket.Conversation("c-1");
        Assert.Equal((ConversationStatus.Completed, agent.Id, null), (conversation.Status, conversation.AgentId, conversation.QueueId));
        Assert.Equal((Chat.Agent, true, 4.5), (conversation.ExternalAgentId, conversation.IsResolved, conversation.CsatScore));
        Assert.Equal((4, 2, 2, 20_000), (
            conversation.Metrics!.Utterances, conversation.Metrics.AgentMessages, conversation.Metrics.CustomerMessages, conversation.Metrics.FirstResponseMs));
        Assert.NotNull(conversation.CompletedAt);
        Assert.Equal(
            ["conversation_received", "transcript_attached", "conversation_completed"],
            (await bucket.Client.ListConversationEventsAsync(conversation.Id)).Select(e => e.Type));
        var second = await bucket.Conversation("c-2");
        Assert.Equal((2, 1, null, null), (second.Line, second.Place!.Index, second.IsResolved, second.CsatScore));
    }

    [SkippableFact]
    public async Task Messages_keep_their_ids_and_what_else_the_source_says_of_them()
    {
        var bucket = await Ingested(Chat.Of("c-1"));

        var transcript = await bucket.Client.GetTranscriptAsync((await bucket.Conversation("c-1")).Id);

        Assert.Equal(["m-0", "m-20", "m-50", "m-60"], transcript.Utterances.Select(u => u.MessageId));
        Assert.Equal("""{"logs":[{"action":"lookup","ms":245.50}]}""", transcript.Utterances[3].Attributes!.Value.GetRawText());
        Assert.Null(transcript.Utterances[0].Attributes);
    }

    [SkippableFact]
    public async Task What_else_a_conversation_says_is_shown_exactly_as_it_came()
    {
        const string missing = """{"reason":"privacy","fields":["phone"],"z":1,"a":2.50}""";
        var bucket = await Ingested(Chat.Of("c-1", more: $$""","user_data":[1e400,"ü"],"missing_info":{{missing}},"tier":"gold","visits":12345678901234567890"""));

        using var http = host.Http(bucket.Tenant.Secret);
        var id = (await bucket.Conversation("c-1")).Id;
        var text = await http.GetStringAsync(new Uri($"v1/conversations/{id}/members", UriKind.Relative));

        Assert.Equal(
            $$$"""{"conversationId":"{{{id}}}","revision":1,"missingInfo":{{{missing}}},"userData":[1e400,"ü"],"others":{"tier":"gold","visits":12345678901234567890}}""",
            text);
    }

    [SkippableFact]
    public async Task What_is_as_deep_as_a_row_may_be_reaches_the_client()
    {
        // The row itself and its member are two of its 64 levels.
        var deep = string.Concat(Enumerable.Repeat("[", 62)) + string.Concat(Enumerable.Repeat("]", 62));
        var bucket = await Ingested(Chat.Of("c-1", more: $$""","user_data":{"deep":{{deep}}}"""));

        var members = await bucket.Client.GetMembersAsync((await bucket.Conversation("c-1")).Id);
        Assert.Equal($$"""{"deep":{{deep}}}""", members.UserData.GetRawText());
        using var export = await bucket.Client.ExportConversationsAsync();
        var line = JsonSerializer.Deserialize<JsonElement>(await new StreamReader(export.Stream).ReadToEndAsync(), QualityIngestClient.Json);
        Assert.Equal($$"""{"deep":{{deep}}}""", line.GetProperty("members").GetProperty("user_data").GetRawText());
    }

    [SkippableFact]
    public async Task A_conversation_that_says_no_more_has_no_members()
    {
        var bucket = await Ingested(Chat.Of("c-1"));

        var members = await bucket.Client.GetMembersAsync((await bucket.Conversation("c-1")).Id);

        Assert.Equal(
            (JsonValueKind.Null, JsonValueKind.Null, "{}"),
            (members.MissingInfo.ValueKind, members.UserData.ValueKind, members.Others.GetRawText()));
    }

    [SkippableFact]
    public async Task Conversations_are_found_by_score_resolution_and_the_sources_own_agent()
    {
        var bucket = await host.ArrangeJson(input => input with { DefaultAgentEmail = Arranged.Agent });
        await bucket.AddAgent(Arranged.Agent);
        await bucket.S3.Put(bucket.Bucket, "calls/day.jsonl", Chat.Lines(
            Chat.Of("c-1", more: ",\"is_resolved\":true,\"csat_score\":4.5"), Chat.Of("c-2", more: ",\"is_resolved\":false,\"csat_score\":2"),
            Chat.Of("c-3", more: ",\"csat_score\":-1.25"), Chat.Of("c-4", agent: "agent-8")));
        await bucket.Ingest();

        var client = bucket.Client;
        Assert.Equal(["c-1"], Ids(await client.ListConversationsAsync(isResolved: true)));
        Assert.Equal(["c-2"], Ids(await client.ListConversationsAsync(isResolved: false)));
        Assert.Equal(["c-1", "c-2"], Ids(await client.ListConversationsAsync(csatMin: 2)));
        Assert.Equal(["c-2", "c-3"], Ids(await client.ListConversationsAsync(csatMax: 2)));
        Assert.Equal(["c-2"], Ids(await client.ListConversationsAsync(csatMin: 0, csatMax: 4.49)));
        Assert.Equal(["c-4"], Ids(await client.ListConversationsAsync(externalAgentId: "agent-8")));
    }

    [SkippableFact]
    public async Task Exports_hold_the_score_and_what_else_a_conversation_says()
    {
        const string user = """{"z":9007199254740993,"a":{"rate":0.1234567890123456789012345678901234567890},"m":-9223372036854775808}""";
        var bucket = await Ingested(Chat.Of("c-1", more: $$""","is_resolved":true,"csat_score":4.50,"tier":"gold","user_data":{{user}},"visits":9223372036854775807"""));

        using var lines = await bucket.Client.ExportConversationsAsync();
        var line = JsonDocument.Parse(await new StreamReader(lines.Stream).ReadToEndAsync()).RootElement;
        Assert.Equal($$"""{"tier":"gold","user_data":{{user}},"visits":9223372036854775807}""", line.GetProperty("members").GetRawText());
        Assert.Equal("""{"logs":[{"action":"lookup","ms":245.50}]}""", line.GetProperty("transcript").GetProperty("utterances")[3].GetProperty("attributes").GetRawText());
        Assert.Equal(4.5, line.GetProperty("conversation").GetProperty("csatScore").GetDouble());
        Assert.Equal("m-0", line.GetProperty("transcript").GetProperty("utterances")[0].GetProperty("messageId").GetString());

        using var table = await bucket.Client.ExportConversationTableAsync();
        var rows = (await new StreamReader(table.Stream).ReadToEndAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var columns = rows[0].Split(',').Zip(rows[1].Split(',')).ToDictionary(c => c.First, c => c.Second);
        Assert.Equal((Chat.Agent, "true", "4.5"), (columns["externalAgentId"], columns["isResolved"], columns["csatScore"]));
    }

    [SkippableFact]
    public async Task A_refused_record_is_located_and_the_rest_goes_on()
    {
        var bucket = await host.ArrangeJsonReady();
        await bucket.S3.Put(bucket.Bucket, "calls/day.jsonl", Chat.Lines(Chat.Of("c-1"), "{broken", Chat.Of("c-3")));

        await bucket.Ingest();

        var file = await bucket.File("day.jsonl");
        file.Is(FileStatus.PartiallyIngested, accepted: 2, rejected: 1);
        var rejection = Assert.Single((await bucket.Client.ListRejectionsAsync(file.Id)).Items);
        Assert.Equal((2, 2, null, null), (rejection.Line, rejection.Place!.Line, rejection.Place.Member, rejection.Place.Index));
        using var export = await bucket.Client.ExportRejectionsAsync(file.Id);
        var rows = (await new StreamReader(export.Stream).ReadToEndAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.EndsWith(",member,memberLine,index", rows[0], StringComparison.Ordinal);
        Assert.EndsWith(",,2,", rows[1], StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_transcript_that_an_earlier_version_of_the_product_stored_is_read_as_before()
    {
        var bucket = await Ingested(Chat.Of("c-1"));
        await using var command = host.Database.Source.CreateCommand(
            "update conversation_contents set transcript = transcript_json::jsonb, transcript_json = null where tenant_id = $1");
        command.Parameters.AddWithValue(bucket.Tenant.Id);
        Assert.Equal(1, await command.ExecuteNonQueryAsync());
        var id = (await bucket.Conversation("c-1")).Id;

        await bucket.Client.RetryConversationAsync(id);
        await bucket.Idle();

        Assert.Equal(ConversationStatus.Completed, (await bucket.Conversation("c-1")).Status);
        Assert.Equal(4, (await bucket.Client.GetTranscriptAsync(id)).Utterances.Count);
        Assert.True(Assert.Single(await bucket.Client.ListRevisionsAsync(id)).HasTranscript);
        using var lines = await bucket.Client.ExportConversationsAsync();
        var line = JsonDocument.Parse(await new StreamReader(lines.Stream).ReadToEndAsync()).RootElement;
        Assert.Equal(4, line.GetProperty("transcript").GetProperty("utterances").GetArrayLength());
    }

    private async Task<Arranged> Ingested(params string[] conversations)
    {
        var bucket = await host.ArrangeJsonReady();
        await bucket.S3.Put(bucket.Bucket, "calls/day.jsonl", Chat.Lines(conversations));
        await bucket.Ingest();
        return bucket;
    }

    private static IEnumerable<string> Ids(ConversationListing listing) => listing.Items.Select(c => c.ExternalId).Order();
}
