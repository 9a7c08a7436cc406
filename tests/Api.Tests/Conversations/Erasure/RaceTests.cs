using QualityIngest.Api.Tests.Ingest;
using QualityIngest.Api.Tests.Ingest.Faults;
using QualityIngest.Api.Tests.Ingest.Races;
using QualityIngest.Api.Tests.Ingest.Recordings;
using QualityIngest.Client;
using QualityIngest.TestKit.S3;

namespace QualityIngest.Api.Tests.Conversations.Erasure;

/// <summary>Whatever is under way when a conversation is erased, nothing of it is stored behind the erasure.</summary>
[Collection(FaultCollection.Name)]
public sealed class RaceTests(FaultHost host)
{
    [SkippableFact]
    public async Task A_transcript_that_is_read_meanwhile_is_dropped()
    {
        await using var faulty = await host.ArrangeFaulty();
        var bucket = faulty.Bucket;
        await bucket.PutChats("a.csv", "c-1", "c-2");
        var gate = new TaskCompletionSource();
        var opened = faulty.Proxy.Inject(r => r.Key == "calls/chats/c-1.json", Fault.Before(cancel => gate.Task.WaitAsync(cancel)), times: 1);
        await faulty.Start();
        await Arranged.Until(() => Task.FromResult(opened.Hits == 1));
        var conversation = await bucket.Conversation("c-1");
        Assert.Equal(ConversationStatus.Processing, conversation.Status);

        await bucket.Client.EraseConversationAsync(conversation.Id, "*");
        gate.SetResult();
        await bucket.Idle();

        Assert.Equal(["conversation_received", "conversation_erased"], await bucket.EventsOf(conversation.Id));
        Assert.Equal(ConversationStatus.Completed, (await bucket.Conversation("c-2")).Status);
        await NothingIsStored(conversation.Id);
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_newer_revision_that_is_stored_meanwhile_is_erased_or_not_stored(bool revisionFirst)
    {
        var bucket = await host.ArrangeReady();
        await bucket.PutChats("a.csv", "c-1", "c-2");
        await bucket.Ingest();
        var conversation = await bucket.Conversation("c-1");
        await bucket.PutCsv("a.csv", [Arranged.Row("c-1", start: "2025-06-10T13:00:00Z"), Arranged.Row("c-2", start: "2025-06-10T13:00:00Z")]);

        Task erased;
        await using (var blocker = await Blocker.HoldStream(host.Database, conversation.Id))
        {
            erased = revisionFirst ? Task.CompletedTask : bucket.Client.EraseConversationAsync(conversation.Id, "*");
            await blocker.Blocks(revisionFirst ? 0 : 1);
            await bucket.Client.StartScanAsync(bucket.Connector.Id);
            await blocker.Blocks(revisionFirst ? 1 : 2);
            if (revisionFirst)
            {
                erased = bucket.Client.EraseConversationAsync(conversation.Id, "*");
                await blocker.Blocks(2);
            }
        }

        await erased;
        await bucket.Idle();
        Assert.Equal("conversation_erased", (await bucket.EventsOf(conversation.Id)).Last());
        Assert.Equal(2, (await bucket.Conversation("c-2")).Revision);
        (await bucket.File("a.csv")).Is(FileStatus.Ingested, accepted: revisionFirst ? 2 : 1, erased: revisionFirst ? 0 : 1);
        await NothingIsStored(conversation.Id);
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_row_that_is_refused_meanwhile_is_deleted_or_not_kept(bool rowFirst)
    {
        var bucket = await host.ArrangeReady();
        await bucket.PutChats("a.csv", "c-1", "c-2");
        await bucket.Ingest();
        var conversation = await bucket.Conversation("c-1");
        await bucket.PutCsv("b.csv", [Arranged.Row("c-2", start: "2025-06-10T13:00:00Z"), Arranged.Row("c-1", start: "soon")]);

        Task erased;
        await using (var blocker = await Blocker.Hold(
            host.Database, "select from conversation_search where conversation_id = $1 for update",
            rowFirst ? (await bucket.Conversation("c-2")).Id : conversation.Id))
        {
            erased = rowFirst ? Task.CompletedTask : bucket.Client.EraseConversationAsync(conversation.Id, "*");
            await blocker.Blocks(rowFirst ? 0 : 1);
            await bucket.Client.StartScanAsync(bucket.Connector.Id);
            await blocker.Blocks(rowFirst ? 1 : 2);
            if (rowFirst)
            {
                erased = bucket.Client.EraseConversationAsync(conversation.Id, "*");
                await blocker.Blocks(2);
            }
        }

        await erased;
        await bucket.Idle();
        var file = await bucket.File("b.csv");
        file.Is(rowFirst ? FileStatus.PartiallyIngested : FileStatus.Ingested, accepted: 1, rejected: rowFirst ? 1 : 0, erased: rowFirst ? 0 : 1);
        Assert.Empty((await bucket.Client.ListRejectionsAsync(file.Id)).Items);
    }

    [SkippableFact]
    public async Task Of_two_erasures_at_once_one_finds_it_gone()
    {
        var bucket = await host.ArrangeReady();
        await bucket.PutChats("a.csv", "c-1");
        await bucket.Ingest();
        var id = (await bucket.Conversation("c-1")).Id;

        Task<int>[] erasures;
        await using (var blocker = await Blocker.HoldStream(host.Database, id))
        {
            erasures = [Erase(), Erase()];
            await blocker.Blocks(2);
        }

        Assert.Equal([204, 410], (await Task.WhenAll(erasures)).Order());
        Assert.Single(await bucket.EventsOf(id), type => type == "conversation_erased");

        async Task<int> Erase()
        {
            using var http = host.Http(bucket.Tenant.Secret);
            using var request = new HttpRequestMessage(HttpMethod.Delete, $"v1/conversations/{id}") { Headers = { { "If-Match", "*" } } };
            using var response = await http.SendAsync(request);
            return (int)response.StatusCode;
        }
    }

    [SkippableFact]
    public async Task A_retry_that_comes_behind_an_erasure_finds_it_gone()
    {
        var bucket = await host.ArrangeReady();
        await bucket.PutChats("a.csv", "c-1");
        await bucket.Ingest();
        var id = (await bucket.Conversation("c-1")).Id;

        Task erased, retried;
        await using (var blocker = await Blocker.HoldStream(host.Database, id))
        {
            erased = bucket.Client.EraseConversationAsync(id, "*");
            await blocker.Blocks(1);
            retried = bucket.Client.RetryConversationAsync(id);
            await blocker.Blocks(2);
        }

        await erased;
        await Answer.Refused(410, "conversation_erased", () => retried);
    }

    private async Task NothingIsStored(Guid conversation)
    {
        await using var command = host.Database.Source.CreateCommand(
            """
            select (select count(*) from conversation_contents where conversation_id = $1) + (select count(*) from conversation_search where conversation_id = $1)
                + (select count(*) from conversations where id = $1) + (select count(*) from work_items where key like replace($1::text, '-', '') || ':%')
            """);
        command.Parameters.AddWithValue(conversation);
        Assert.Equal(0L, await command.ExecuteScalarAsync());
    }
}
