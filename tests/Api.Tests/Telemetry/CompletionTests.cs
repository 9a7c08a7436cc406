using QualityIngest.Api.Tests.Ingest;
using QualityIngest.Client;

namespace QualityIngest.Api.Tests.Telemetry;

/// <summary>How long conversations take is told of those that waited for nobody.</summary>
public sealed class CompletionTests(CompletionTests.Watched host) : IClassFixture<CompletionTests.Watched>
{
    [SkippableFact]
    public async Task What_was_held_or_retried_is_left_out_until_it_is_revised()
    {
        var bucket = await host.ArrangeReady();
        await bucket.PutScript("c-2");
        await bucket.PutCsv("held.csv", [Arranged.Row("c-2", queue: "Q2")]);
        await bucket.PutCsv("failed.csv", [Arranged.Row("c-3")]);
        await bucket.Ingest();
        Assert.Equal(
            [ConversationStatus.Held, ConversationStatus.Failed],
            [(await bucket.Conversation("c-2")).Status, (await bucket.Conversation("c-3")).Status]);
        await Execute("update qi.files set seen_at = now() - interval '3 days'");

        await bucket.MapQueue("Q2");
        await bucket.PutScript("c-3");
        await bucket.Client.RetryConversationAsync((await bucket.Conversation("c-3")).Id);
        await bucket.Idle();
        await bucket.PutChats("quick.csv", "c-1");
        await bucket.Ingest();

        foreach (var id in new[] { "c-1", "c-2", "c-3" })
            await Arranged.Until(async () => (await bucket.Conversation(id)).Status is ConversationStatus.Completed);
        await Arranged.Until(async () => await Value("completions_recent", "") == 1);
        Assert.InRange(await Value("completion_seconds", "{quantile=\"1\"}") ?? -1, 0, 3_600);

        await bucket.PutCsv("revised.csv", [Arranged.Row("c-2", queue: "Q2", start: "2025-06-10T13:00:00Z")]);
        await bucket.Ingest();
        await Arranged.Until(async () => await Value("completions_recent", "") == 2);
    }

    private async Task<double?> Value(string metric, string labels)
    {
        using var http = host.Http(ApiHost.AdminKey);
        var text = await http.GetStringAsync(new Uri("metrics", UriKind.Relative));
        var line = text.Split('\n').SingleOrDefault(line => line.StartsWith($"qualityingest_{metric}{labels} ", StringComparison.Ordinal));
        return line is null ? null : double.Parse(line.Split(' ')[^1], System.Globalization.CultureInfo.InvariantCulture);
    }

    private async Task Execute(string sql)
    {
        await using var command = host.Database.Source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>A host of its own that asks its database anew after a second.</summary>
    public sealed class Watched : IngestHost
    {
        /// <inheritdoc/>
        protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>(base.Settings) { ["Metrics:Refresh"] = "00:00:01" };
    }
}
