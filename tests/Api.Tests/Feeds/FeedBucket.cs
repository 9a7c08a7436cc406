using QualityIngest.Api.Tests.Ingest;
using QualityIngest.Client;

namespace QualityIngest.Api.Tests.Feeds;

/// <summary>What tests do with directories of feeds below the connector's <c>calls/</c>.</summary>
public static class FeedBucket
{
    /// <summary>A directory of the convention.</summary>
    public static string Directory(string feed, string partition = "dt=2025-06-10", string format = "csv") =>
        $"{feed}/version=1/format={format}/{partition}{(partition.Length > 0 ? "/" : "")}";

    /// <summary>Puts a file of lines.</summary>
    public static Task PutLines(this Arranged bucket, string path, params IEnumerable<string> lines) =>
        bucket.S3.Put(bucket.Bucket, $"calls/{path}", string.Concat(lines.Select(line => line + "\n")));

    /// <summary>Puts the marker that seals a directory, or another one over it.</summary>
    public static async Task Seal(this Arranged bucket, string directory, string content = "") =>
        await bucket.S3.Put(bucket.Bucket, $"calls/{directory}_SUCCESS", content);

    /// <summary>Puts a file of lines into a directory and seals it.</summary>
    public static async Task PutSealed(this Arranged bucket, string directory, params IEnumerable<string> lines)
    {
        await bucket.PutLines($"{directory}part.{(directory.Contains("jsonl", StringComparison.Ordinal) ? "jsonl" : "csv")}", lines);
        await bucket.Seal(directory);
    }

    /// <summary>The one batch of a directory.</summary>
    public static async Task<Batch> Batch(this Arranged bucket, string directory) =>
        Assert.Single((await bucket.Client.ListBatchesAsync(limit: 100)).Items, batch => batch.Path == $"calls/{directory}");

    /// <summary>Scans and gives the one batch of a directory.</summary>
    public static async Task<Batch> Ingested(this Arranged bucket, string directory)
    {
        await bucket.Ingest();
        return await bucket.Batch(directory);
    }

    /// <summary>The external ids of the conversations that the list shows.</summary>
    public static async Task<string[]> ConversationIds(this Arranged bucket) =>
        [.. (await bucket.Client.ListConversationsAsync(limit: 100)).Items.Select(c => c.ExternalId).Order(StringComparer.Ordinal)];

    /// <summary>The external conversation ids of the call records that the list shows.</summary>
    public static async Task<string[]> CallIds(this Arranged bucket) =>
        [.. (await bucket.Client.ListCallRecordsAsync(limit: 100)).Items.Select(c => c.ExternalConversationId ?? "").Order(StringComparer.Ordinal)];

    /// <summary>What was said in a conversation, in its order.</summary>
    public static async Task<string[]> Said(this Arranged bucket, string externalId) =>
        [.. (await bucket.Client.GetTranscriptAsync((await bucket.Conversation(externalId)).Id)).Utterances.Select(u => u.Text)];

    /// <summary>Waits until a table holds so many rows of the tenant: what is no longer shown is deleted by and by.</summary>
    public static Task Holds(this Arranged bucket, string table, long rows) => Arranged.Until(async () =>
    {
        await using var command = bucket.Host.Database.Source.CreateCommand($"select count(*) from {table} where tenant_id = $1");
        command.Parameters.AddWithValue(bucket.Tenant.Id);
        return (long)(await command.ExecuteScalarAsync())! == rows;
    });

    /// <summary>The file of this name.</summary>
    public static async Task<IngestedFile> FileOf(this Arranged bucket, string path) =>
        Assert.Single((await bucket.Client.ListFilesAsync(keyPrefix: $"calls/{path}")).Items, file => file.Key == $"calls/{path}");
}

/// <summary>Rows of feeds.</summary>
public static class Rows
{
    /// <summary>The header of historical transcripts.</summary>
    public const string TranscriptHeader = "conversation_externalId,sender_externalId,sender_role,text,timestamp";

    /// <summary>The header of the call center rows of <see cref="Call"/>.</summary>
    public const string CallHeader = "customer_id,conversation_id,call_start,call_end,disposition_category";

    /// <summary>The header of the sales of <see cref="Sale"/>.</summary>
    public const string SaleHeader =
        "transaction_id,transaction_time,transaction_value_one_time,issue_id,external_session_id,product_id,product_quantity";

    /// <summary>A message.</summary>
    public static string Message(string conversation, string text, string at = "2025-06-10T10:00:00Z", string role = "agent") =>
        $"{conversation},{role}-1,{role},{text},{at}";

    /// <summary>The same as a line of JSON.</summary>
    public static string MessageJson(string conversation, string text, string at = "2025-06-10T10:00:00Z", string role = "agent") =>
        $$"""{"conversation_externalId":"{{conversation}}","sender_externalId":"{{role}}-1","sender_role":"{{role}}","text":"{{text}}","timestamp":"{{at}}"}""";

    /// <summary>A call of five minutes.</summary>
    public static string Call(string conversation, string disposition = "Resolved", string customer = "customer-7") =>
        $"{customer},{conversation},2025-06-10T10:00:00Z,2025-06-10T10:05:00Z,{disposition}";

    /// <summary>A sale.</summary>
    public static string Sale(string transaction, string conversation, string product = "p-1") =>
        $"{transaction},2025-06-10T10:04:00Z,65.25,{conversation},s-1,{product},1";
}
