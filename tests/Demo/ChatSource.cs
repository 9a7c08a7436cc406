using QualityIngest.Client;
using QualityIngest.Samples;
using QualityIngest.Samples.Json;
using QualityIngest.TestKit.S3;

namespace QualityIngest.Demo;

/// <summary>A second source, of another format: an assistant's conversations as JSON, in files, lines and archives.</summary>
internal sealed class ChatSource(QualityIngestClient client, S3Server server, SampleChats sample)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private Guid _connector;

    /// <summary>Connects and ingests it, and returns what was not as the sample promises.</summary>
    public async Task<IReadOnlyList<string>> Tell(CancellationToken cancel)
    {
        Screen.Chapter("A second source: conversations as JSON");
        var bucket = await Upload();
        foreach (var assistant in SampleChats.Assistants)
            await Add(assistant);
        await Connect(bucket);

        await client.StartScanAsync(_connector, cancellationToken: cancel);
        var seen = await Settle(sample.AfterIngestion, cancel);
        Show(seen);
        var differences = seen.DifferencesFrom(sample.AfterIngestion).ToList();

        Screen.Say($"Adding the assistant {SampleChats.Unknown.Name} as {SampleChats.Unknown.ExternalId}.");
        await Add(SampleChats.Unknown);
        seen = await Settle(sample.AfterIngestion.WithAgentKnown(), cancel);
        differences.AddRange(seen.DifferencesFrom(sample.AfterIngestion.WithAgentKnown()));
        Screen.Say($"{seen.Count(ConversationStatus.Completed)} conversations are complete, {seen.Count(ConversationStatus.Held)} wait.");
        await ShowOne();
        return differences;
    }

    private async Task<string> Upload()
    {
        var bucket = await server.NewBucket();
        foreach (var file in sample.Objects)
            await server.Put(bucket, file.Key, file.Bytes);
        Screen.Say($"Uploaded {sample.Objects.Count} objects to s3://{bucket}/{SampleChats.Prefix}: an array, lines, a zip and a tar.gz.");
        return bucket;
    }

    private Task<Agent> Add(SampleAssistant assistant) =>
        client.CreateAgentAsync(new() { Name = assistant.Name, ExternalId = assistant.ExternalId });

    private async Task Connect(string bucket)
    {
        var queue = await client.CreateQueueAsync(new() { Name = "Assistant" });
        var connector = await client.CreateConnectorAsync(new()
        {
            Name = "Assistant",
            Format = "conversation-json",
            DefaultQueue = queue.Id,
            Source = new()
            {
                Region = S3Server.Region,
                Endpoint = server.Endpoint,
                Paths = new UnifiedPath { Path = $"s3://{bucket}/{SampleChats.Prefix}" },
                Credentials = new AccessKeyCredentials { AccessKeyId = server.AccessKey, SecretAccessKey = server.SecretKey },
            },
        });
        _connector = connector.Id;
        var report = await client.TestConnectorAsync(_connector);
        foreach (var check in report.Checks)
            Screen.Say($"  {check.Name}: {check.Status}. {check.Message}");
    }

    private async Task<Observed> Settle(Expected expected, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Patience);
        var seen = await Read();
        while (!patience.IsCancellationRequested && seen.DifferencesFrom(expected) is not [])
        {
            await Task.Delay(200, cancel);
            seen = await Read();
        }

        return seen;
    }

    private async Task<Observed> Read()
    {
        var files = (await client.ListFilesAsync(connectorId: _connector, limit: 100)).Items;
        var refused = new List<RefusedRow>();
        foreach (var file in files.Where(file => file.Counts.Rejected > 0))
            refused.AddRange((await client.ListRejectionsAsync(file.Id, 100)).Items.Select(rejection => new RefusedRow(file.Key, rejection)));
        return new([.. files], refused, [.. (await client.ListConversationsAsync(connectorId: _connector, limit: 100)).Items]);
    }

    private static void Show(Observed seen)
    {
        var files = Screen.Table("File", "Status", "Accepted#", "Held#", "Duplicate#", "Rejected#");
        foreach (var file in seen.Files.OrderBy(file => file.Key, StringComparer.Ordinal))
            files.With(file.Key, file.Status, file.Counts.Accepted ?? 0, file.Counts.Held ?? 0, file.Counts.Duplicate ?? 0, file.Counts.Rejected ?? 0);
        Screen.Show(files);
        foreach (var (key, rejection) in seen.Refused.OrderBy(row => row.Key, StringComparer.Ordinal))
        {
            var member = rejection.Place?.Member is { } name ? $", {name}" : "";
            var place = rejection.Place?.Line is { } line ? $"line {line}" : $"record {rejection.Line}";
            Screen.Say($"  refused: {Path.GetFileName(key)}{member}, {place}: {rejection.Message}");
        }
    }

    /// <summary>The best rated conversation, with what else its record says.</summary>
    private async Task ShowOne()
    {
        var rated = (await client.ListConversationsAsync(connectorId: _connector, isResolved: true, csatMin: 4.5, limit: 1)).Items;
        if (rated is not [var best])
            return;
        var members = await client.GetMembersAsync(best.Id);
        Screen.Say($"[bold]{best.ExternalId}[/], of {best.ExternalAgentId}, resolved, rated {best.CsatScore}: {best.Metrics?.Utterances} messages, first answer after {best.Metrics?.FirstResponseMs / 1000.0:0.0} s.");
        Screen.Say($"  user_data: {members.UserData.GetRawText()}");
    }
}
