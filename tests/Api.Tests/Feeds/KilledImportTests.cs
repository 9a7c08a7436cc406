using System.Text;
using QualityIngest.Api.Tests.Ingest;
using QualityIngest.Api.Tests.Ingest.Crashes;
using QualityIngest.Client;
using QualityIngest.TestKit;
using static QualityIngest.Api.Tests.Feeds.FeedBucket;

namespace QualityIngest.Api.Tests.Feeds;

/// <summary>Nodes are killed in the middle of a large import, and another one finishes: nothing is lost, and nothing is there twice.</summary>
public sealed class KilledImportTests(CrashHost host) : IClassFixture<CrashHost>
{
    private const int Conversations = 10_000, Messages = 100, Files = 2;

    private static readonly string Tenth = Directory("historical_transcripts");

    [SkippableFact]
    public async Task A_node_killed_while_messages_are_stored_and_another_while_conversations_are_folded_leave_no_trace()
    {
        var bucket = await host.Arrange(input => input with { Format = "feeds" });
        for (var file = 0; file < Files; file++)
            await bucket.S3.Put(bucket.Bucket, $"calls/{Tenth}{file}.csv", Log(file));
        await bucket.Seal(Tenth);

        await using (var first = await host.StartNode())
        {
            await bucket.Client.StartScanAsync(bucket.Connector.Id);
            await Reaches(bucket, "select count(*) from feed_messages where tenant_id = $1", Conversations * Messages / 4);
            await first.Kill();
        }

        Assert.InRange(await Count(bucket, "select count(*) from feed_messages where tenant_id = $1"), Conversations, Conversations * Messages - 1);
        Assert.Equal(0, await Count(bucket, "select count(*) from conversations where tenant_id = $1"));
        await using (var second = await host.StartNode())
        {
            await Reaches(bucket, "select count(*) from conversations where tenant_id = $1", 500);
            await second.Kill();
        }

        Assert.InRange(await Count(bucket, "select count(*) from conversations where tenant_id = $1"), 500, Conversations - 1);
        await using var successor = await host.StartNode();
        await Reaches(bucket, "select count(*) from batches where tenant_id = $1 and status = 'imported'", 1);

        var batch = await bucket.Batch(Tenth);
        Assert.Equal(
            (Files, Conversations * Messages, Conversations * Messages, Conversations),
            (batch.Counts.Files, batch.Counts.Rows.RowsRead, batch.Counts.Rows.Accepted, batch.Conversations.Received));
        Assert.Equal(
            (Conversations, 3 * Conversations, Conversations, 0L),
            (await Count(bucket, "select count(*) from conversations where tenant_id = $1 and status = 'completed' and revision = 1"),
                await Count(bucket, "select count(*) from events.mt_events e join events.mt_streams s on s.tenant_id = e.tenant_id and s.id = e.stream_id where e.tenant_id = $1 and s.type = 'conversation'"),
                await Count(bucket, Whole),
                await Count(bucket, "select count(*) from feed_messages where tenant_id = $1")));
    }

    /// <summary>Conversations that say exactly what was sent, in its order.</summary>
    private static string Whole => $"""
        select count(*)
        from conversations v
        join conversation_contents c on c.tenant_id = v.tenant_id and c.conversation_id = v.id
        where v.tenant_id = $1
          and (select string_agg(u ->> 'text', ' ' order by n) from json_array_elements(c.transcript_json -> 'utterances') with ordinality as u (u, n))
            = (select string_agg(v.external_id || '/' || m, ' ' order by m) from generate_series(0, {Messages - 1}) m)
        """;

    /// <summary>Every other message of all conversations, shuffled.</summary>
    private static string Log(int file)
    {
        var random = new Random(file);
        var places = Enumerable.Range(0, Conversations * Messages).Where(place => place % Files == file).ToArray();
        random.Shuffle(places);
        var text = new StringBuilder(Rows.TranscriptHeader).Append('\n');
        foreach (var place in places)
        {
            var (conversation, message) = (place / Messages, place % Messages);
            text.Append(Rows.Message($"c-{conversation}", $"c-{conversation}/{message}", $"2025-06-10T{10 + message / 60}:{message % 60:00}:00Z")).Append('\n');
        }

        return text.ToString();
    }

    private Task Reaches(Arranged bucket, string sql, long count) => Arranged.Until(async () => await Count(bucket, sql) >= count);

    private async Task<long> Count(Arranged bucket, string sql)
    {
        await using var command = host.Database.Source.CreateCommand(sql);
        command.Parameters.AddWithValue(bucket.Tenant.Id);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
