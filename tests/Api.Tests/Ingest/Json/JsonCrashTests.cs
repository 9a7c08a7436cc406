using QualityIngest.Api.Tests.Ingest.Crashes;
using QualityIngest.Api.Tests.Ingest.Faults;
using QualityIngest.Api.Tests.Ingest.Races;
using QualityIngest.Client;
using QualityIngest.TestKit.S3;

namespace QualityIngest.Api.Tests.Ingest.Json;

/// <summary>A node is killed while it reads a file of conversations, and another one finishes: the end equals an uninterrupted run's.</summary>
public sealed class JsonCrashTests(CrashHost host) : IClassFixture<CrashHost>
{
    private const int Conversations = 60;

    [SkippableFact]
    public Task Between_two_batches() => EndsAlike(async (faulty, kill) =>
    {
        // The first read ends after some batches; the second one stands still behind them until the node is dead.
        faulty.Proxy.Inject(r => r.Key == "calls/day.jsonl", Fault.CutBody(30_000), times: 1);
        var held = faulty.Proxy.Inject(r => r.Key == "calls/day.jsonl", Fault.Silence());
        await faulty.Start();
        await Arranged.Until(() => Task.FromResult(held.Hits > 0));
        var stored = await Completed(faulty.Bucket);
        Assert.InRange(stored, 10, Conversations - 20);
        await kill();
        Assert.Equal(stored, await Completed(faulty.Bucket));
    });

    [SkippableFact]
    public Task In_the_middle_of_a_batchs_transaction() => EndsAlike(async (faulty, kill) =>
    {
        var before = Assert.Single((await faulty.Bucket.Client.ListConversationsAsync(externalId: "c-25")).Items);
        await using var blocker = await Blocker.HoldStream(host.Database, before.Id);
        await faulty.Start();
        await blocker.Blocks(1);
        Assert.InRange(await Completed(faulty.Bucket), 10, Conversations - 20);
        await kill();
    });

    private async Task EndsAlike(Func<Faulty, Func<Task>, Task> die)
    {
        S3Server.RequireOrSkip();
        var proxy = await FaultProxy.Start((await S3Server.Shared()).Endpoint);
        await using var faulty = new Faulty(await Arrange(input => FaultHost.Behind(proxy, input)), proxy);
        var calm = await Arrange(input => input);
        await using (var victim = await host.StartNode())
        {
            foreach (var bucket in (Arranged[])[calm, faulty.Bucket])
            {
                await Put(bucket, "before.jsonl", [Chat.Of("c-25", text: "Before.")]);
                await bucket.Ingest();
                await Put(bucket, "day.jsonl", Lines());
            }

            await calm.Ingest();
            await die(faulty, victim.Kill);
        }

        proxy.Heal();
        await using var successor = await host.StartNode();
        await faulty.Bucket.Idle();

        Assert.Equal(await Dump.Of(host.Database, calm.Tenant.Id), await Dump.Of(host.Database, faulty.Bucket.Tenant.Id));
        (await calm.File("day.jsonl")).Is(FileStatus.PartiallyIngested, accepted: 60, held: 8, duplicate: 4, rejected: 4);
    }

    private async Task<Arranged> Arrange(Func<ConnectorInput, ConnectorInput> change)
    {
        var bucket = await host.Arrange(input => change(input with { Format = "conversation-json" }));
        await bucket.Client.CreateAgentAsync(new() { Name = "Ana", ExternalId = Chat.Agent });
        return bucket;
    }

    /// <summary>A bit of everything: faults, the same again, other content, and what has to wait.</summary>
    private static IEnumerable<string> Lines() => Enumerable.Range(1, Conversations).SelectMany<int, string>(i => (i % 15) switch
    {
        3 => ["{broken", Chat.Of($"c-{i}")],
        6 => [Chat.Of($"c-{i}"), Chat.Of($"c-{i}")],
        9 => [Chat.Of($"c-{i}", agent: "nobody", more: ",\"tier\":\"gold\"")],
        11 => [Chat.Of($"c-{i}"), Chat.Of($"c-{i}", text: "Other words.")],
        13 => [Chat.Of($"c-{i}", more: ",\"csat_score\":4.50,\"user_data\":{\"b\":1.0,\"a\":2}"), Chat.Of($"c-{i}", agent: "nobody")],
        _ => [Chat.Of($"c-{i}")],
    });

    private static Task<string> Put(Arranged bucket, string name, IEnumerable<string> lines) =>
        bucket.S3.Put(bucket.Bucket, $"calls/{name}", Chat.Lines(lines));

    private static async Task<int> Completed(Arranged bucket) =>
        (await bucket.Client.ListConversationsAsync(limit: 100, status: ConversationStatus.Completed)).Items.Count;
}
