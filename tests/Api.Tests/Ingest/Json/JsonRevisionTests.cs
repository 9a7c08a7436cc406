using QualityIngest.Client;

namespace QualityIngest.Api.Tests.Ingest.Json;

[Collection(JsonCollection.Name)]
public sealed class JsonRevisionTests(JsonHost host)
{
    [SkippableFact]
    public async Task The_same_conversation_again_is_counted_and_changes_nothing()
    {
        var bucket = await host.ArrangeJsonReady();
        await Put(bucket, "a.jsonl", Chat.Of("c-1"), Chat.Of("c-1"));
        await bucket.Ingest();
        (await bucket.File("a.jsonl")).Is(FileStatus.Ingested, accepted: 1, duplicate: 1);
        await bucket.S3.Put(bucket.Bucket, "calls/b.json", Chat.Array(Chat.Of("c-1"), Chat.Of("c-2")));

        await bucket.Ingest();

        (await bucket.File("b.json")).Is(FileStatus.Ingested, accepted: 1, duplicate: 1);
        Assert.Equal((1, 3), ((await bucket.Conversation("c-1")).Revision, (await bucket.Conversation("c-1")).Version));
    }

    [SkippableFact]
    public async Task One_id_under_two_agents_is_two_conversations()
    {
        var bucket = await host.ArrangeJsonReady();
        await bucket.Client.CreateAgentAsync(new() { Name = "Ben", ExternalId = "agent-8" });
        await Put(bucket, "a.jsonl", Chat.Of("c-1"), Chat.Of("c-1", agent: "agent-8"));

        await bucket.Ingest();

        (await bucket.File("a.jsonl")).Is(FileStatus.Ingested, accepted: 2);
        var both = (await bucket.Client.ListConversationsAsync(externalId: "c-1")).Items;
        Assert.Equal([Chat.Agent, "agent-8"], both.Select(c => c.ExternalAgentId!).Order());
        Assert.Equal(2, both.Select(c => c.Id).Distinct().Count());
    }

    [SkippableFact]
    public async Task Other_content_revises_and_the_old_version_stays_readable()
    {
        var bucket = await host.ArrangeJsonReady();
        await Put(bucket, "a.jsonl", Chat.Of("c-1", more: ",\"csat_score\":2,\"tier\":\"silver\""));
        await bucket.Ingest();
        await Put(bucket, "a.jsonl", Chat.Of("c-1", text: "Good evening, this is about my invoice.", more: ",\"csat_score\":5,\"tier\":\"gold\""));

        await bucket.Ingest();

        (await bucket.File("a.jsonl")).Is(FileStatus.Ingested, accepted: 1);
        var conversation = await bucket.Conversation("c-1");
        Assert.Equal((2, 5, ConversationStatus.Completed), (conversation.Revision, conversation.CsatScore, conversation.Status));
        Assert.Equal("Good evening, this is about my invoice.", await Said(bucket, conversation.Id, null));
        Assert.Equal("Good morning, this is about my order.", await Said(bucket, conversation.Id, 1));
        Assert.Equal("""{"tier":"gold"}""", (await bucket.Client.GetMembersAsync(conversation.Id)).Others.GetRawText());
        Assert.Equal("""{"tier":"silver"}""", (await bucket.Client.GetMembersAsync(conversation.Id, 1)).Others.GetRawText());
        var revisions = await bucket.Client.ListRevisionsAsync(conversation.Id);
        Assert.Equal([(2, true), (1, true)], revisions.Select(r => (r.Number, r.HasTranscript)));
        Assert.Equal(["5", "2"], revisions.Select(r => r.Row.CsatScore));
        Assert.Equal(
            ["conversation_received", "transcript_attached", "conversation_completed", "conversation_revised", "transcript_attached", "conversation_completed"],
            (await bucket.Client.ListConversationEventsAsync(conversation.Id)).Select(e => e.Type));
    }

    [SkippableFact]
    public async Task Two_versions_in_one_file_leave_the_later_one()
    {
        var bucket = await host.ArrangeJsonReady();
        await Put(bucket, "a.jsonl", Chat.Of("c-1", text: "First."), Chat.Of("c-1", text: "Second."), Chat.Of("c-1", text: "First."));

        await bucket.Ingest();

        (await bucket.File("a.jsonl")).Is(FileStatus.Ingested, accepted: 3);
        var conversation = await bucket.Conversation("c-1");
        Assert.Equal((3, 9, 3), (conversation.Revision, conversation.Version, conversation.Place!.Line));
        Assert.Equal("Second.", await Said(bucket, conversation.Id, 2));
    }

    [SkippableFact]
    public async Task A_connector_that_ignores_revisions_keeps_the_first()
    {
        var bucket = await host.ArrangeJsonReady(input => input with { RevisionPolicy = RevisionPolicy.Ignore });
        await Put(bucket, "a.jsonl", Chat.Of("c-1"));
        await bucket.Ingest();
        await Put(bucket, "a.jsonl", Chat.Of("c-1", text: "Changed."));

        await bucket.Ingest();

        (await bucket.File("a.jsonl")).Is(FileStatus.Ingested, duplicate: 1);
        Assert.Equal(1, (await bucket.Conversation("c-1")).Revision);
    }

    [SkippableFact]
    public async Task A_file_modified_earlier_loses_although_it_is_read_later()
    {
        var bucket = await host.ArrangeJsonReady(input => input with { Namespace = "shared" });
        await bucket.S3.Put(bucket.Bucket, "old/a.jsonl", Chat.Lines(Chat.Of("c-1", text: "Old.")));
        await Put(bucket, "a.jsonl", Chat.Of("c-1", text: "New."));
        await bucket.Ingest();
        var input = IngestHost.Input(bucket.S3, bucket.Bucket, "old/") with { Name = "Old", Namespace = "shared", Format = "conversation-json" };
        var old = await bucket.Client.CreateConnectorAsync(input);

        await bucket.Ingest(old.Id);

        Assert.Single((await bucket.Client.ListFilesAsync(keyPrefix: "old/")).Items).Is(FileStatus.Ingested, superseded: 1);
        Assert.Equal("New.", await Said(bucket, (await bucket.Conversation("c-1")).Id, null));
    }

    [SkippableFact]
    public async Task A_retried_file_counts_its_own_conversations_as_accepted_again()
    {
        var bucket = await host.ArrangeJsonReady();
        await Put(bucket, "a.jsonl", Chat.Of("c-1"), "{broken", Chat.Of("c-2", agent: "nobody"));
        await bucket.Ingest();
        var file = await bucket.File("a.jsonl");

        await bucket.Client.RetryFileAsync(file.Id);
        await bucket.Idle();

        (await bucket.File("a.jsonl")).Is(FileStatus.PartiallyIngested, accepted: 1, held: 1, rejected: 1);
        Assert.Single((await bucket.Client.ListRejectionsAsync(file.Id)).Items);
        Assert.Equal(3, (await bucket.Conversation("c-1")).Version);
    }

    private static Task<string> Put(Arranged bucket, string name, params string[] lines) => bucket.S3.Put(bucket.Bucket, $"calls/{name}", Chat.Lines(lines));

    private static async Task<string> Said(Arranged bucket, Guid conversation, int? revision) =>
        (await bucket.Client.GetTranscriptAsync(conversation, revision)).Utterances[0].Text;
}
