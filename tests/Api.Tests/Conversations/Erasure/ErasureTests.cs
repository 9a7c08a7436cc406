using System.Net.Http.Json;
using QualityIngest.Api.Tests.Ingest;
using QualityIngest.Api.Tests.Ingest.Recordings;
using QualityIngest.Client;
using static QualityIngest.Api.Tests.Answer;

namespace QualityIngest.Api.Tests.Conversations.Erasure;

/// <summary>What is left of an erased conversation, and what everybody is told of it.</summary>
[Collection(IngestCollection.Name)]
public sealed class ErasureTests(IngestHost host)
{
    [SkippableFact]
    public async Task What_was_said_is_gone_wherever_it_could_be_asked_for()
    {
        var (bucket, id) = await Erased();

        foreach (var ask in (Func<Task>[])
        [
            () => bucket.Client.GetConversationAsync(id), () => bucket.Client.GetTranscriptAsync(id), () => bucket.Client.GetTranscriptAsync(id, 1),
            () => bucket.Client.GetMembersAsync(id), () => bucket.Client.ListRevisionsAsync(id), () => bucket.Client.GetRecordingAsync(id),
            () => bucket.Client.GetWaveformAsync(id), () => bucket.Client.RetryConversationAsync(id), () => bucket.Client.EraseConversationAsync(id, "*"),
        ])
            await Refused(410, "conversation_erased", ask);

        Assert.Equal("c-2", Assert.Single((await bucket.Client.ListConversationsAsync()).Items).ExternalId);
        Assert.Empty((await bucket.Client.ListConversationsAsync(status: ConversationStatus.Erased)).Items);
        Assert.Empty((await bucket.Client.ListConversationsAsync(externalId: "c-1")).Items);
        using var http = host.Http(bucket.Tenant.Secret);
        Assert.DoesNotContain("c-1", await http.GetStringAsync(new Uri("v1/conversations/export.jsonl", UriKind.Relative)), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Its_trail_stays_with_keyed_hashes_and_without_names()
    {
        var bucket = await Arrange();
        var conversation = await bucket.Conversation("c-1");
        var before = (await bucket.Client.ListConversationEventsAsync(conversation.Id)).ToList();

        await bucket.Client.EraseConversationAsync(conversation.Id, $"\"{conversation.Version}\"");

        var after = (await bucket.Client.ListConversationEventsAsync(conversation.Id)).ToList();
        Assert.Equal([.. before.Select(e => (e.Id, e.Version, e.Type, e.At))], after.SkipLast(1).Select(e => (e.Id, e.Version, e.Type, e.At)));
        Assert.Equal("conversation_erased", after[^1].Type);
        var (was, now) = (before[0].Data.ToString()!, after[0].Data.ToString()!);
        Assert.Contains("a.csv", was, StringComparison.Ordinal);
        Assert.DoesNotContain("a.csv", now, StringComparison.Ordinal);
        Assert.DoesNotContain(Member(was, "contentHash"), now, StringComparison.Ordinal);
        Assert.Matches("^[0-9a-f]{16}:[0-9a-f]{64}$", Member(now, "contentHash"));
        Assert.NotEqual(Member(now, "contentHash").Split(':')[1], Member(was, "contentHash"));
    }

    [SkippableFact]
    public async Task Who_had_it_erased_is_on_record()
    {
        var (bucket, id) = await Erased();

        var entry = (await host.Admin.ListAuditAsync(tenant: bucket.Tenant.Id)).Items[0];

        Assert.Equal(("conversation.erased", "conversation", id.ToString()), (entry.Action, entry.ResourceType, entry.ResourceId));
        Assert.StartsWith("key:", entry.Actor, StringComparison.Ordinal);
        Assert.Equal(id, Assert.Single((await host.Admin.ListErasuresAsync(bucket.Tenant.Id)).Items).ConversationId);
    }

    [SkippableFact]
    public async Task It_takes_a_scope_of_its_own_and_the_version_that_is_meant()
    {
        var bucket = await Arrange();
        var conversation = await bucket.Conversation("c-1");
        var writer = host.Client((await host.NewKey(bucket.Tenant.Id, "conversations:read", "conversations:write", "transcripts:read")).Secret);
        var stranger = await host.NewTenant();

        await Refused(403, "insufficient_scope", () => writer.EraseConversationAsync(conversation.Id, "*"));
        await Refused(404, "not_found", () => stranger.Client.EraseConversationAsync(conversation.Id, "*"));
        await Refused(412, "stale_version", () => bucket.Client.EraseConversationAsync(conversation.Id, "\"1\""));
        await Refused(404, "not_found", () => bucket.Client.EraseConversationAsync(Guid.NewGuid(), "*"));
        using var bare = await host.Http(bucket.Tenant.Secret).DeleteAsync(new Uri($"v1/conversations/{conversation.Id}", UriKind.Relative));
        Assert.Equal(428, (int)bare.StatusCode);
        Assert.Equal(conversation.Version, (await bucket.Conversation("c-1")).Version);
    }

    [SkippableFact]
    public async Task It_does_not_exist_in_a_query()
    {
        var (bucket, id) = await Erased();

        using var http = host.Http(bucket.Tenant.Secret);
        using var asked = await http.PostAsJsonAsync("graphql", new { query = $$"""{ conversation(id: "{{id}}") { id } conversations { nodes { externalId } } }""" });
        var answer = (await asked.Content.ReadAsStringAsync()).Replace(" ", "", StringComparison.Ordinal);

        Assert.Contains("\"conversation\":null", answer, StringComparison.Ordinal);
        Assert.Contains("[{\"externalId\":\"c-2\"}]", answer, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Subscribers_and_the_feed_are_told_without_its_name()
    {
        var (bucket, id) = await Erased();

        List<FeedEvent> told = [];
        await Eventually.Holds(async () =>
        {
            told = (await bucket.Client.ListEventsAsync(limit: 100)).Items.Where(e => e.Data is ConversationData data && data.ConversationId == id).ToList();
            return told is [.., { Type: "conversation.erased" }];
        });

        Assert.Equal("conversation.erased", told[^1].Type);
        Assert.All(told, e => Assert.Null(((ConversationData)e.Data).ExternalId));
        Assert.All(told, e => Assert.Equal(bucket.Connector.Id, ((ConversationData)e.Data).ConnectorId));
    }

    [SkippableFact]
    public async Task An_administrator_can_let_the_identity_come_again()
    {
        var (bucket, id) = await Erased();
        await bucket.Client.RetryFileAsync((await bucket.File("a.csv")).Id);
        await bucket.Idle();
        (await bucket.File("a.csv")).Is(FileStatus.Ingested, accepted: 1, erased: 1);

        await Refused(403, "insufficient_scope", () => bucket.Client.LiftErasureAsync(bucket.Tenant.Id, id));
        await host.Admin.LiftErasureAsync(bucket.Tenant.Id, id);
        await host.Admin.LiftErasureAsync(bucket.Tenant.Id, id);
        await Refused(410, "conversation_erased", () => bucket.Client.GetConversationAsync(id));
        Assert.True(Assert.Single((await host.Admin.ListErasuresAsync(bucket.Tenant.Id)).Items).Lifted);

        await bucket.Client.RetryFileAsync((await bucket.File("a.csv")).Id);
        await bucket.Idle();
        (await bucket.File("a.csv")).Is(FileStatus.Ingested, accepted: 2);
        var again = await bucket.Conversation("c-1");
        Assert.Equal((id, 2, ConversationStatus.Completed), (again.Id, again.Revision, again.Status));
        Assert.Equal(2, Assert.Single(await bucket.Client.ListRevisionsAsync(id)).Number);
        Assert.Empty((await host.Admin.ListErasuresAsync(bucket.Tenant.Id)).Items);
        await Refused(409, "not_erased", () => host.Admin.LiftErasureAsync(bucket.Tenant.Id, id));
        await Refused(404, "not_found", () => host.Admin.LiftErasureAsync(bucket.Tenant.Id, Guid.NewGuid()));

        await bucket.Client.EraseConversationAsync(id, "*");
        await Refused(410, "conversation_erased", () => bucket.Client.GetConversationAsync(id));
        Assert.Equal(2, (await bucket.EventsOf(id)).Count(type => type == "conversation_erased"));
    }

    [SkippableFact]
    public async Task What_is_held_is_erased_and_a_release_leaves_it_so()
    {
        var bucket = await host.Arrange();
        await bucket.AddAgent(Arranged.Agent);
        await bucket.PutChats("a.csv", "c-1", "c-2");
        await bucket.Ingest();
        var held = await bucket.Conversation("c-1");
        Assert.Equal(ConversationStatus.Held, held.Status);

        await bucket.Client.EraseConversationAsync(held.Id, "*");
        await bucket.MapQueue("Q1");
        await bucket.Idle();

        Assert.Equal("conversation_erased", (await bucket.EventsOf(held.Id)).Last());
        Assert.Equal(ConversationStatus.Completed, (await bucket.Conversation("c-2")).Status);
    }

    private async Task<Arranged> Arrange()
    {
        var bucket = await host.ArrangeReady();
        await bucket.PutChats("a.csv", "c-1", "c-2");
        await bucket.Ingest();
        return bucket;
    }

    private async Task<(Arranged Bucket, Guid Id)> Erased()
    {
        var bucket = await Arrange();
        var id = (await bucket.Conversation("c-1")).Id;
        await bucket.Client.EraseConversationAsync(id, "*");
        return (bucket, id);
    }

    private static string Member(string json, string name) =>
        System.Text.Json.JsonDocument.Parse(json).RootElement.GetProperty(name).GetString()!;
}
