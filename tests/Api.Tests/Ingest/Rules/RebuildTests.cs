using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using QualityIngest.Domain.Conversations;
using QualityIngest.Domain.Files;

namespace QualityIngest.Api.Tests.Ingest.Rules;

/// <summary>The read tables are a function of the events and the contents.</summary>
[Collection(IngestCollection.Name)]
public sealed class RebuildTests(IngestHost host)
{
    [SkippableTheory]
    [InlineData("files", "'{discovered_at,updated_at,seen_at}'")]
    [InlineData("conversations", "'{received_at,updated_at,completed_at,held_at}'")]
    public async Task Projecting_all_streams_again_gives_the_same_rows(string table, string whenStored)
    {
        var tenant = (await Arrange()).Tenant.Id;
        var events = host.Services.GetRequiredService<EventStore.EventStore>();
        await using var connection = await host.Database.Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var rows = $"select (to_jsonb(t) - {whenStored}::text[])::text from {table} t where tenant_id = $1 order by id";
        var before = await Rows(connection, rows, tenant);

        // Rolled back in the end; without the foreign keys, so that one table can be emptied alone.
        await Rows(connection, "set local session_replication_role = replica");
        await Rows(connection, $"delete from {table} where tenant_id = $1", tenant);
        await foreach (var stream in events.ReadAll(transaction, tenant, table == "files" ? FileState.StreamType : ConversationState.StreamType, default))
        {
            object[] history = [.. stream.Events.Select(e => e.Data)];
            if (table == "files")
                await FileProjection.Write(transaction, tenant, [FileState.Fold(stream.Stream, history)!], default);
            else
                await ConversationProjection.Write(transaction, tenant, [ConversationState.Fold(stream.Stream, history)!], default);
        }

        Assert.NotEmpty(before);
        Assert.Equal(before, await Rows(connection, rows, tenant));
    }

    /// <summary>Files and conversations in every state that there is.</summary>
    private async Task<Arranged> Arrange()
    {
        var bucket = await host.ArrangeReady();
        await bucket.PutChats("a.csv", "c-1", "c-2");
        await bucket.PutChats("gone.csv", "c-3");
        await bucket.S3.Put(bucket.Bucket, "calls/test.csv", "x");
        await bucket.S3.Put(bucket.Bucket, "calls/broken.csv", "x\n");
        await bucket.Ingest();
        await bucket.PutScript("c-4");
        await bucket.PutCsv("a.csv",
        [
            Arranged.Row("c-1", start: "2025-06-10T13:00:00Z"), Arranged.Row("c-2"), Arranged.Row("c-4", queue: "Q2", agent: "nobody@shop.example"),
            Arranged.Row("c-5"), Arranged.Row("c-6", start: "soon"),
        ]);
        await bucket.S3.Delete(bucket.Bucket, "calls/gone.csv");
        await bucket.Ingest();
        await bucket.MapQueue("Q2");
        await bucket.Client.RetryConversationAsync((await bucket.Conversation("c-2")).Id);
        await bucket.Client.RetryFileAsync((await bucket.File("a.csv")).Id);
        await bucket.Idle();
        return bucket;
    }

    private static async Task<List<string>> Rows(NpgsqlConnection connection, string sql, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
            rows.Add(reader.GetString(0));
        return rows;
    }
}
