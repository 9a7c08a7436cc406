using QualityIngest.Api.Tests.Ingest.Faults;
using QualityIngest.Client;
using QualityIngest.TestKit.S3;

namespace QualityIngest.Api.Tests.Ingest.Races;

/// <summary>No hold can be missed: what a batch holds and what a change releases meet, whichever comes first.</summary>
[Collection(FaultCollection.Name)]
public sealed class HoldTests(FaultHost host)
{
    [SkippableFact]
    public async Task A_mapping_saved_while_its_batch_commits_leaves_no_hold_behind()
    {
        var bucket = await host.ArrangeReady();
        var queue = await bucket.Client.CreateQueueAsync(new() { Name = "Late" });

        await WhileABatchCommits(bucket, Arranged.Row("c-2", queue: "Q2"), () => Map(bucket, queue));

        await Released(bucket);
    }

    [SkippableFact]
    public async Task An_agent_made_while_its_batch_commits_leaves_no_hold_behind()
    {
        var bucket = await host.ArrangeReady();

        await WhileABatchCommits(bucket, Arranged.Row("c-2", agent: "ben@shop.example"), () => bucket.AddAgent("ben@shop.example"));

        await Released(bucket);
    }

    [SkippableFact]
    public async Task A_default_agent_set_while_its_batch_commits_leaves_no_hold_behind()
    {
        var bucket = await host.ArrangeReady();
        var input = IngestHost.Input(bucket.S3, bucket.Bucket) with { DefaultAgentEmail = Arranged.Agent };

        await WhileABatchCommits(
            bucket, Arranged.Row("c-2", agent: "ben@shop.example"), () => bucket.Client.ReplaceConnectorAsync(bucket.Connector.Id, "*", input));

        await Released(bucket);
    }

    [SkippableFact]
    public async Task A_batch_that_comes_while_a_mapping_is_saved_holds_nothing()
    {
        await using var faulty = await host.ArrangeFaulty();
        var bucket = faulty.Bucket;
        var queue = await bucket.Client.CreateQueueAsync(new() { Name = "Late" });
        await bucket.PutScript("c-2");
        await bucket.PutCsv("day.csv", [Arranged.Row("c-2", queue: "Q2")]);
        var gate = new TaskCompletionSource();
        var opened = faulty.Proxy.Inject(r => r.Key == "calls/day.csv", Fault.Before(cancel => gate.Task.WaitAsync(cancel)), times: 1);
        await faulty.Start();
        await Arranged.Until(() => Task.FromResult(opened.Hits == 1));

        Task saved;
        await using (var blocker = await Blocker.Hold(host.Database, "select from queues where id = $1 for update", queue.Id))
        {
            saved = Map(bucket, queue);
            await blocker.Blocks(1);
            gate.SetResult();
            await blocker.Blocks(2);
        }

        await saved;
        await bucket.Idle();
        var conversation = await bucket.Conversation("c-2");
        Assert.Equal((ConversationStatus.Completed, queue.Id), (conversation.Status, conversation.QueueId));
        Assert.DoesNotContain(await bucket.Client.ListConversationEventsAsync(conversation.Id), e => e.Type == "conversation_held");
    }

    /// <summary>Stops a batch behind its decisions and before its commit, makes the change wait for it, and lets both go.</summary>
    private async Task WhileABatchCommits(Arranged bucket, string held, Func<Task> change)
    {
        await bucket.PutChats("before.csv", "c-1");
        await bucket.Ingest();
        await bucket.PutScript("c-2");
        await bucket.PutCsv("day.csv", [Arranged.Row("c-1", start: "2025-06-10T13:00:00Z"), held]);

        Task changed;
        await using (var blocker = await Blocker.HoldStream(host.Database, (await bucket.Conversation("c-1")).Id))
        {
            await bucket.Client.StartScanAsync(bucket.Connector.Id);
            await blocker.Blocks(1);
            changed = change();
            await blocker.Blocks(2);
        }

        await changed;
        await bucket.Idle();
    }

    private static async Task Released(Arranged bucket)
    {
        (await bucket.File("day.csv")).Is(FileStatus.Ingested, accepted: 1, held: 1);
        var conversation = await bucket.Conversation("c-2");
        Assert.Equal(ConversationStatus.Completed, conversation.Status);
        Assert.Equal(
            ["conversation_received", "conversation_held", "conversation_released", "transcript_attached", "conversation_completed"],
            (await bucket.Client.ListConversationEventsAsync(conversation.Id)).Select(e => e.Type));
    }

    private static async Task Map(Arranged bucket, Queue queue)
    {
        var set = await bucket.Client.GetQueueMappingsAsync(bucket.Connector.Id);
        await bucket.Client.ReplaceQueueMappingsAsync(
            bucket.Connector.Id, $"\"{set.Version}\"", new() { Mappings = [.. set.Mappings, new() { ExternalId = "Q2", QueueId = queue.Id }] });
    }
}
