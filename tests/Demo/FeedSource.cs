using QualityIngest.Client;
using QualityIngest.Samples.Feeds;
using QualityIngest.TestKit.S3;

namespace QualityIngest.Demo;

/// <summary>A third source: feeds of a day, of which two batches are sealed and one is still being uploaded.</summary>
internal sealed class FeedSource(QualityIngestClient client, S3Server server, SampleFeeds sample)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private Guid _connector;

    /// <summary>Connects and ingests it, and returns what was not as the sample promises.</summary>
    public async Task<IReadOnlyList<string>> Tell(CancellationToken cancel)
    {
        Screen.Chapter("A third source: feeds of batches");
        await Connect(await Upload());
        await client.StartScanAsync(_connector, cancellationToken: cancel);
        var batches = await Settle(cancel);
        await Show(batches);
        var records = (await client.ListCallRecordsAsync(connectorId: _connector, limit: 100, cancellationToken: cancel)).Items;
        await ShowOne(records);
        return await Differences(batches, records);
    }

    private async Task<string> Upload()
    {
        var bucket = await server.NewBucket();
        foreach (var file in sample.Objects)
            await server.Put(bucket, file.Key, file.Bytes);
        Screen.Say($"Uploaded {sample.Objects.Count} objects to s3://{bucket}/{SampleFeeds.Prefix}: transcripts, call records and sales of a day.");
        Screen.Say($"An empty _SUCCESS seals the first two; {SampleFeeds.Unsealed} has none yet.");
        return bucket;
    }

    private async Task Connect(string bucket)
    {
        var connector = await client.CreateConnectorAsync(new()
        {
            Name = "Feeds",
            Format = "feeds",
            Source = new()
            {
                Region = S3Server.Region,
                Endpoint = server.Endpoint,
                Paths = new UnifiedPath { Path = $"s3://{bucket}/{SampleFeeds.Prefix}" },
                Credentials = new AccessKeyCredentials { AccessKeyId = server.AccessKey, SecretAccessKey = server.SecretKey },
            },
        });
        _connector = connector.Id;
        var report = await client.TestConnectorAsync(_connector);
        foreach (var check in report.Checks)
            Screen.Say($"  {check.Name}: {check.Status}. {check.Message}");
    }

    /// <summary>Waits until only the unsealed batch waits and every conversation is whole.</summary>
    private async Task<IReadOnlyList<Batch>> Settle(CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Patience);
        while (true)
        {
            var batches = (await client.ListBatchesAsync(connectorId: _connector, limit: 100, cancellationToken: cancel)).Items;
            var working = batches.Count < 3 || batches.Any(batch => batch.Status == BatchStatus.Importing || (batch.Status == BatchStatus.AwaitingMarker && !IsUnsealed(batch)))
                || (await client.ListConversationsAsync(connectorId: _connector, status: ConversationStatus.Processing, limit: 1, cancellationToken: cancel)).Items.Count > 0;
            if (!working || patience.IsCancellationRequested)
                return [.. batches];
            await Task.Delay(200, cancel);
        }
    }

    private async Task Show(IReadOnlyList<Batch> batches)
    {
        var table = Screen.Table("Batch", "Status", "Files#", "Rows#", "Accepted#", "Duplicate#", "Rejected#", "New conversations#", "Changed#");
        foreach (var batch in batches.OrderBy(batch => batch.Path, StringComparer.Ordinal))
        {
            var rows = batch.Counts.Rows;
            table.With(
                batch.Path[SampleFeeds.Prefix.Length..], batch.Status, batch.Counts.Files, rows.RowsRead ?? 0, rows.Accepted ?? 0, rows.Duplicate ?? 0, rows.Rejected ?? 0,
                batch.Conversations.Received ?? 0, batch.Conversations.Revised ?? 0);
        }

        Screen.Show(table);
        foreach (var file in (await client.ListFilesAsync(connectorId: _connector, limit: 100)).Items.Where(file => file.Counts.Rejected > 0))
        {
            foreach (var rejection in (await client.ListRejectionsAsync(file.Id, 100)).Items)
                Screen.Say($"  refused: {Path.GetFileName(file.Key)}, line {rejection.Line}: {rejection.Message}");
        }
    }

    /// <summary>A transferred call, as its call record and its transcript tell of it.</summary>
    private async Task ShowOne(IReadOnlyList<CallRecord> records)
    {
        if (records.FirstOrDefault(record => record is { ConversationId: not null, Transfer: not null }) is not { ConversationId: { } id } record)
            return;
        var conversation = await client.GetConversationAsync(id);
        var transcript = await client.GetTranscriptAsync(id);
        Screen.Say($"[bold]{conversation.ExternalId}[/], {conversation.Channel}, {transcript.Utterances.Count} utterances; {conversation.CallRecords?.Count ?? 0} call record tells of it:");
        Screen.Say($"  {record.AgentQueueAssigned}, {record.TimeInQueue} s in its queue, then transferred to {record.Transfer}; {record.DispositionCategory}, account value {record.CallerAccountValue}.");
        Screen.Say($"  [bold]{transcript.Utterances[0].Role}[/] {transcript.Utterances[0].Text}");
    }

    private async Task<IReadOnlyList<string>> Differences(IReadOnlyList<Batch> batches, IReadOnlyList<CallRecord> records)
    {
        var differences = new List<string>();
        var conversations = (await client.ListConversationsAsync(connectorId: _connector, limit: 100)).Items;
        Compare("batches imported", 2, batches.Count(batch => batch.Status == BatchStatus.Imported));
        Compare("batches awaiting their marker", 1, batches.Count(batch => batch.Status == BatchStatus.AwaitingMarker && IsUnsealed(batch)));
        Compare("messages", sample.Messages, Rows(FeedKind.HistoricalTranscripts, rows => rows.Accepted));
        Compare("rows of call records refused", 1, Rows(FeedKind.CallCenterIssues, rows => rows.Rejected));
        Compare("rows of call records that stand twice", 1, Rows(FeedKind.CallCenterIssues, rows => rows.Duplicate));
        Compare("conversations", sample.Conversations, conversations.Count(conversation => conversation.Status == ConversationStatus.Completed));
        Compare("call records", sample.CallRecords, records.Count);
        Compare("call records of a conversation", sample.CallRecords - 1, records.Count(record => record.ConversationId is not null));
        Compare("calls", sample.CallRecords - 1, conversations.Count(conversation => conversation.Channel == Channel.Voice));
        Compare("sales", 0, (await client.ListSalesAsync(connectorId: _connector, limit: 1)).Items.Count);
        return differences;

        int Rows(FeedKind kind, Func<FileCounts, long?> count) => (int)batches.Where(batch => batch.Kind == kind).Sum(batch => count(batch.Counts.Rows) ?? 0);

        void Compare(string what, int promised, int seen)
        {
            if (promised != seen)
                differences.Add($"feeds, {what}: {seen} instead of {promised}");
        }
    }

    private static bool IsUnsealed(Batch batch) => batch.Path == SampleFeeds.Prefix + SampleFeeds.Unsealed;
}
