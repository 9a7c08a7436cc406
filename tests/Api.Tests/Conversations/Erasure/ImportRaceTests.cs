using QualityIngest.Api.Tests.Batches;
using QualityIngest.Api.Tests.Ingest;
using QualityIngest.Client;
using static QualityIngest.Api.Tests.Batches.FeedBucket;

namespace QualityIngest.Api.Tests.Conversations.Erasure;

/// <summary>A conversation is erased while a feed that tells of it is imported, at every step in turn.</summary>
public sealed class ImportRaceTests(InterruptedHost host) : IClassFixture<InterruptedHost>
{
    [SkippableTheory]
    [InlineData("csv")]
    [InlineData("snapshot_csv")]
    public async Task An_erasure_at_any_step_of_an_import_leaves_nothing(string format)
    {
        var (steps, found) = (int.MaxValue, 0L);
        for (var step = 1; step <= steps; step++)
        {
            host.Interruptions.Reset(_ => Task.CompletedTask);
            var bucket = await host.ArrangeFeeds();
            await bucket.PutChats(Chats(10, format), "a.csv", "k-1", "k-2", "k-3");
            await bucket.Seal(Chats(10, format));
            await bucket.Ingest();
            var id = (await bucket.Bucket.Conversation("k-1")).Id;
            await bucket.PutChats(Chats(11, format), "a.csv", "k-1", "k-2", "k-3");
            await bucket.Seal(Chats(11, format));

            var (at, erased) = (step, Task.CompletedTask);
            host.Interruptions.Reset(async passed =>
            {
                if (passed != at)
                    return;
                found += await Staged(id);
                erased = bucket.Client.EraseConversationAsync(id, "*");
                await Arranged.Until(async () => erased.IsCompleted || await SomebodyWaits());
                if (erased.IsCompletedSuccessfully)
                    Assert.Equal(0, await Staged(id));
            });
            await bucket.Ingest();
            await erased;
            steps = Math.Max(step, host.Interruptions.Steps);

            Assert.Equal(["k-2", "k-3"], (await bucket.Client.ListConversationsAsync()).Items.Select(c => c.ExternalId).Order(StringComparer.Ordinal));
            Assert.Equal("conversation_erased", (await bucket.Client.ListConversationEventsAsync(id))[^1].Type);
            Assert.Equal(0, await Stored(id));
            Assert.Equal(BatchStatus.Imported, (await bucket.Batch(Chats(11, format))).Status);
        }

        Assert.InRange(steps, 4, 20);
        Assert.True(found > 0, "It was never staged when it was erased.");
    }

    /// <summary>Its messages that an unfinished import holds.</summary>
    private async Task<long> Staged(Guid conversation)
    {
        await using var command = host.Database.Source.CreateCommand("select count(*) from feed_messages where conversation_id = $1");
        command.Parameters.AddWithValue(conversation);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private async Task<bool> SomebodyWaits()
    {
        await using var command = host.Database.Source.CreateCommand(
            "select exists (select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock')");
        return (bool)(await command.ExecuteScalarAsync())!;
    }

    private async Task<long> Stored(Guid conversation)
    {
        await using var command = host.Database.Source.CreateCommand(
            """
            select (select count(*) from feed_messages where conversation_id = $1) + (select count(*) from feed_parts where conversation_id = $1)
                + (select count(*) from conversation_contents where conversation_id = $1) + (select count(*) from conversations where id = $1)
            """);
        command.Parameters.AddWithValue(conversation);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
