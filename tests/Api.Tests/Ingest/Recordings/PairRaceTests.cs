using QualityIngest.Api.Tests.Ingest.Nodes;
using QualityIngest.Api.Tests.Ingest.Races;
using QualityIngest.Client;

namespace QualityIngest.Api.Tests.Ingest.Recordings;

/// <summary>The two sides of a call that two nodes read at the same moment.</summary>
public sealed class PairRaceTests(TwoNodeTests.Cluster cluster) : IClassFixture<TwoNodeTests.Cluster>
{
    [SkippableFact]
    public async Task Both_sides_that_arrive_at_once_in_two_files_are_one_call_that_completes_once()
    {
        var bucket = await cluster.First.ArrangeReady();
        await bucket.PutPair("m-1");
        await bucket.PutScript("c-1");
        await bucket.PutScript("c-2");
        await bucket.PutCalls("before.csv", Chat("c-1", 30), Chat("c-2", 30));
        await bucket.Ingest();
        await bucket.PutCalls("agents.csv", Chat("c-1", 31), Calls.AgentSide("m-1"));
        await bucket.PutCalls("customers.csv", Chat("c-2", 31), Calls.CustomerSide("m-1"));

        // Both batches know by then that the call is new, and neither has begun it.
        await using (var first = await Blocker.HoldStream(cluster.First.Database, (await bucket.Conversation("c-1")).Id))
        await using (var second = await Blocker.HoldStream(cluster.First.Database, (await bucket.Conversation("c-2")).Id))
        {
            await bucket.Client.StartScanAsync(bucket.Connector.Id);
            await first.Blocks(1);
            await second.Blocks(1);
        }

        await Arranged.Until(async () => (await bucket.Client.ListScansAsync(bucket.Connector.Id)).Items.All(s => s.Status != ScanStatus.Running));
        await bucket.Idle();
        var call = await bucket.Conversation("m-1");
        Assert.Equal((ConversationStatus.Completed, 1), (call.Status, call.Revision));
        call.Metrics.HeardRight();
        Assert.Equal(
            [
                "conversation_received", "conversation_held", "conversation_counterpart_received", "recording_measured", "recording_measured",
                "conversation_completed",
            ],
            await bucket.EventsOf(call.Id));
        var counts = new[] { (await bucket.File("agents.csv")).Counts, (await bucket.File("customers.csv")).Counts };
        Assert.Equal((4, 3, 1), (counts.Sum(c => c.RowsRead), counts.Sum(c => c.Accepted), counts.Sum(c => c.Held)));
    }

    private static string Chat(string id, int minute) =>
        $"{id},Q1,{Arranged.Agent},2025-06-10T13:{minute}:00Z,2025-06-10T13:45:00Z,chat,transcription,,,,,,chats/{id}.json,";
}
