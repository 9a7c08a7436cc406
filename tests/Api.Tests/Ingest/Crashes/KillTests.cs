using QualityIngest.Api.Tests.Ingest.Faults;
using QualityIngest.Api.Tests.Ingest.Races;
using QualityIngest.Client;
using QualityIngest.TestKit.S3;

namespace QualityIngest.Api.Tests.Ingest.Crashes;

/// <summary>
/// A node is killed at a certain point of the flow and another one finishes: the end equals that of a run that nobody
/// interrupted, over the same bytes.
/// </summary>
public sealed class KillTests(CrashHost host) : IClassFixture<CrashHost>
{
    [SkippableFact]
    public Task In_the_middle_of_a_listing() => EndsAlike(async (faulty, kill) =>
    {
        var held = Hold(faulty, r => r.IsListing && r.Query.ContainsKey("start-after"), skip: 1);
        await faulty.Start();
        await Reached(held);
        Assert.NotEmpty((await faulty.Bucket.Client.ListFilesAsync()).Items);
        await kill();
    });

    [SkippableFact]
    public Task In_the_middle_of_a_file_between_two_batches() => EndsAlike(async (faulty, kill) =>
    {
        faulty.Proxy.Inject(r => r.Key == "calls/day.csv", Fault.CutBody(3_000), times: 1);
        var held = Hold(faulty, r => r.Key == "calls/day.csv");
        await faulty.Start();
        await Reached(held);
        Assert.InRange((await faulty.Bucket.Client.ListConversationsAsync(limit: 100)).Items.Count, 10, Material.Rows - 1);
        await kill();
    });

    [SkippableFact]
    public Task In_the_middle_of_a_batchs_transaction() => EndsAlike(async (faulty, kill) =>
    {
        await using var blocker = await Blocker.HoldStream(host.Database, (await faulty.Bucket.Conversation("c-25")).Id);
        await faulty.Start();
        await blocker.Blocks(1);
        Assert.InRange((await faulty.Bucket.Client.ListConversationsAsync(limit: 100)).Items.Count, 10, Material.Rows - 1);
        await kill();
    });

    [SkippableFact]
    public Task In_the_middle_of_fetching_transcripts() => EndsAlike(async (faulty, kill) =>
    {
        var held = Hold(faulty, r => r.Key == "calls/chats/c-30.json");
        await faulty.Start();
        await Reached(held);
        await kill();
    });

    [SkippableFact]
    public Task In_the_middle_of_recording_transcripts() => EndsAlike(async (faulty, kill) =>
    {
        var gate = new TaskCompletionSource();
        var held = faulty.Proxy.Inject(r => r.Key == "calls/chats/c-30.json", Fault.Before(cancel => gate.Task.WaitAsync(cancel)));
        await faulty.Start();
        await Reached(held);
        await Arranged.Until(async () => (await faulty.Bucket.File("day.csv")).Status == FileStatus.PartiallyIngested);
        await using var blocker = await Blocker.HoldStream(host.Database, (await faulty.Bucket.Conversation("c-30")).Id);
        gate.SetResult();
        await blocker.Blocks(1);
        await kill();
    });

    [SkippableFact]
    public Task In_the_middle_of_measuring_recordings() => EndsAlike(async (faulty, kill) =>
    {
        var held = Hold(faulty, r => r.Key == "calls/audio/m-1-c.wav");
        await faulty.Start();
        await Reached(held);
        await kill();
    });

    private async Task EndsAlike(Func<Faulty, Func<Task>, Task> die)
    {
        await using var faulty = await host.ArrangeFaulty();
        var calm = await host.ArrangeReady();
        await using (var victim = await host.StartNode())
        {
            foreach (var bucket in (Arranged[])[calm, faulty.Bucket])
            {
                await bucket.PutFirst();
                await bucket.Ingest();
                await bucket.PutSecond();
            }

            await calm.Ingest();
            await die(faulty, victim.Kill);
        }

        faulty.Proxy.Heal();
        await using var successor = await host.StartNode();
        await faulty.Bucket.Idle();

        Assert.Equal(await Dump.Of(host.Database, calm.Tenant.Id), await Dump.Of(host.Database, faulty.Bucket.Tenant.Id));
    }

    private static FaultRule Hold(Faulty faulty, Func<S3Request, bool> when, int skip = 0) =>
        faulty.Proxy.Inject(when, Fault.Silence(), skip: skip);

    private static Task Reached(FaultRule held) => Arranged.Until(() => Task.FromResult(held.Hits > 0));
}
