using QualityIngest.Client;
using QualityIngest.TestKit.S3;

namespace QualityIngest.Api.Tests.Ingest.Crashes;

/// <summary>Work that kills the process that does it, each time.</summary>
public sealed class PoisonTests(CrashHost host) : IClassFixture<CrashHost>
{
    [SkippableFact]
    public async Task A_transcript_that_kills_its_process_ends_as_a_dead_letter_and_takes_no_other_along()
    {
        await using var faulty = await host.ArrangeFaulty();
        var bucket = faulty.Bucket;
        await bucket.PutChats("day.csv", "c-1", "c-2", "c-3");
        var poison = faulty.Proxy.Inject(r => r.Key == "calls/chats/c-2.json", Fault.Silence());

        for (var life = 1; life <= 2; life++)
        {
            await using var victim = await host.StartNode(maxAttempts: 2);
            if (life == 1)
                await faulty.Start();
            await Arranged.Until(() => Task.FromResult(poison.Hits == life));

            // The first death takes the whole batch along; on the last attempt, the poison is alone.
            var others = life == 1 ? 0 : 2;
            await Arranged.Until(async () => (await bucket.Client.ListConversationsAsync(status: ConversationStatus.Completed)).Items.Count == others);
            await victim.Kill();
        }

        await using var successor = await host.StartNode(maxAttempts: 2);
        await bucket.Idle();

        var failed = await bucket.Conversation("c-2");
        Assert.Equal((ConversationStatus.Failed, "attempts_exhausted", true), (failed.Status, failed.ErrorCode, failed.Retryable));
        Assert.Equal(2, poison.Hits);
        var letter = Assert.Single((await host.Admin.ListDeadLettersAsync(tenant: bucket.Tenant.Id)).Items);
        Assert.Equal(("resolve", "attempts_exhausted"), (letter.Kind, letter.Code));

        faulty.Proxy.Heal();
        await host.Admin.RetryDeadLettersAsync(new() { Ids = [letter.Id] });
        await bucket.Idle();
        Assert.Equal(ConversationStatus.Completed, (await bucket.Conversation("c-2")).Status);
    }

    [SkippableFact]
    public async Task A_file_that_kills_its_process_ends_as_a_dead_letter()
    {
        await using var faulty = await host.ArrangeFaulty();
        await faulty.Bucket.PutChats("day.csv", "c-1");
        var poison = faulty.Proxy.Inject(r => r.Key == "calls/day.csv", Fault.Silence());
        await using (var victim = await host.StartNode(maxAttempts: 1))
        {
            await faulty.Start();
            await Arranged.Until(() => Task.FromResult(poison.Hits == 1));
            await victim.Kill();
        }

        await using var successor = await host.StartNode(maxAttempts: 1);
        await faulty.Bucket.Idle();

        var file = await faulty.Bucket.File("day.csv");
        file.Is(FileStatus.Failed);
        Assert.Equal(("attempts_exhausted", true), (file.ErrorCode, file.Retryable));
        Assert.Equal("file", Assert.Single((await host.Admin.ListDeadLettersAsync(tenant: faulty.Bucket.Tenant.Id)).Items).Kind);
    }
}
