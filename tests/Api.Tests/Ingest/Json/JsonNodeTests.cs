using QualityIngest.Api.Tests.Ingest.Faults;
using QualityIngest.Api.Tests.Ingest.Nodes;
using QualityIngest.Client;
using QualityIngest.TestKit.S3;

namespace QualityIngest.Api.Tests.Ingest.Json;

/// <summary>Two nodes on one database, the clock of one of them 20 minutes ahead.</summary>
public sealed class JsonNodeTests(TwoNodeTests.Cluster cluster) : IClassFixture<TwoNodeTests.Cluster>
{
    private const int Conversations = 40;

    [SkippableFact]
    public async Task They_read_files_of_the_same_conversations_side_by_side_and_store_each_once()
    {
        S3Server.RequireOrSkip();
        var proxy = await FaultProxy.Start((await S3Server.Shared()).Endpoint);
        await using var faulty = new Faulty(
            await cluster.First.Arrange(input => FaultHost.Behind(proxy, input with { Format = "conversation-json" })), proxy);
        var bucket = faulty.Bucket;
        await bucket.Client.CreateAgentAsync(new() { Name = "Ana", ExternalId = Chat.Agent });
        var lines = Enumerable.Range(1, Conversations).Select(i => Chat.Of($"c-{i}")).ToList();
        await bucket.S3.Put(bucket.Bucket, "calls/a.jsonl", Chat.Lines(lines));
        await bucket.S3.Put(bucket.Bucket, "calls/b.json", Chat.Array(lines.AsEnumerable().Reverse()));
        var gate = new TaskCompletionSource();
        var held = proxy.Inject(r => r.IsRead, Fault.Before(cancel => gate.Task.WaitAsync(cancel)));

        await faulty.Start();
        await Arranged.Until(() => Task.FromResult(held.Hits == 2));
        gate.SetResult();
        await bucket.Idle();

        var (a, b) = ((await bucket.File("a.jsonl")).Counts, (await bucket.File("b.json")).Counts);
        Assert.Equal((Conversations, Conversations), (a.Accepted + b.Accepted, a.Duplicate + b.Duplicate));
        var stored = (await bucket.Client.ListConversationsAsync(limit: 100, status: ConversationStatus.Completed)).Items;
        Assert.Equal(Conversations, stored.Count);
        Assert.All(stored, c => Assert.Equal((1, 3), (c.Revision, c.Version)));
    }
}
