using QualityIngest.Client;
using QualityIngest.Samples;
using QualityIngest.TestKit.S3;

namespace QualityIngest.Demo;

/// <summary>A user's first hour: connect a bucket, ingest it, see what was refused and what waits, and mend that.</summary>
internal sealed class Story(Product product, Uri api, S3Server server, SampleBucket sample)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly List<string> differences = [];
    private readonly Calls calls = new(product, sample, api);

    /// <summary>A recorded call that was looked at.</summary>
    public Guid Call => calls.Heard;

    /// <summary>Tells it, and returns what was not as the sample promises.</summary>
    public async Task<IReadOnlyList<string>> Tell(CancellationToken cancel)
    {
        Screen.Chapter("A bucket");
        var bucket = await server.NewBucket();
        var access = await ReaderOf(bucket);
        await Upload(bucket, round: 1);

        Screen.Chapter("A connector");
        await product.SetUp(access);
        await Test();

        Screen.Chapter("The first ingestion");
        await product.Refresh();
        var seen = await Settle(sample.AfterRoundOne, cancel);
        Summary.Show(seen);
        var call = seen.Conversations.First(c => c is
        { Status: ConversationStatus.Completed, Channel: Channel.Voice, RecordingType: RecordingType.Transcription, Language: "en-US" });
        Summary.Show(call, await product.Transcript(call.Id));

        Screen.Chapter("Recorded calls");
        differences.AddRange(await calls.Show(seen, cancel));

        Screen.Chapter("The bucket changes");
        await Upload(bucket, round: 2);
        await product.Refresh();
        Summary.Show(await Settle(sample.AfterRoundTwo, cancel));

        Screen.Chapter("What waited goes on");
        Screen.Say($"Mapping the queue {SampleBucket.UnmappedQueue.ExternalId} to {SampleBucket.UnmappedQueue.Name}; nothing is uploaded again.");
        await product.MapQueue(SampleBucket.UnmappedQueue);
        await Settle(sample.AfterRoundTwo.WithQueueMapped(), cancel);
        Screen.Say($"Adding the agent {SampleBucket.UnknownAgent.Name}.");
        await product.AddAgent(SampleBucket.UnknownAgent);
        await Settle(sample.AfterRoundTwo.WithQueueMapped().WithAgentKnown(), cancel);

        var usage = await product.Usage();
        Screen.Say($"Today's usage: {usage.Files} files, {usage.Bytes:N0} bytes.");
        return differences;
    }

    private async Task<BucketAccess> ReaderOf(string bucket)
    {
        var reader = await server.CreateUser("reader");
        await server.PutPolicy(bucket, $$"""
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":["{{reader.Arn}}"]},
             "Action":["s3:GetObject","s3:ListBucket"],"Resource":["arn:aws:s3:::{{bucket}}","arn:aws:s3:::{{bucket}}/*"]}]}
            """);
        Screen.Say($"s3://{bucket}/{SampleBucket.Prefix}, readable by the user {reader.Name}, who may list and get, and nothing else.");
        return new(server.Endpoint, S3Server.Region, bucket, reader.AccessKey, reader.SecretKey);
    }

    private async Task Upload(string bucket, int round)
    {
        var objects = sample.Objects.Where(o => o.Round == round).ToList();
        await Parallel.ForEachAsync(objects.Where(o => !IsCsv(o)), new ParallelOptions { MaxDegreeOfParallelism = 8 },
            async (o, _) => await server.Put(bucket, o.Key, o.Bytes));
        foreach (var csv in objects.Where(IsCsv))
            await server.Put(bucket, csv.Key, csv.Bytes);
        Screen.Say($"Uploaded {objects.Count} objects, {objects.Count(IsCsv)} of them CSV files, {objects.Sum(o => (long)o.Bytes.Length):N0} bytes.");
    }

    private async Task Test()
    {
        var report = await product.Test();
        var checks = Screen.Table("Connection test", "Result", "");
        foreach (var check in report.Checks)
        {
            checks.With(check.Name, check.Status, check.Message);
            if (check.Status == ConnectionCheckStatus.Failed)
                differences.Add($"connection test, {check.Name}: {check.Message}");
        }

        Screen.Show(checks);
    }

    /// <summary>Watches until there is no work left, then holds what stands against what the sample promises.</summary>
    private async Task<Observed> Settle(Expected expected, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Patience);
        try
        {
            await Screen.Live(async report =>
            {
                while (await Unsettled(expected) is { } progress)
                {
                    report(progress);
                    await Task.Delay(200, patience.Token);
                }
            });
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            differences.Add($"work left after {Patience.TotalMinutes} minutes");
        }

        var seen = await Observed.Read(product);
        var wrong = seen.DifferencesFrom(expected);
        differences.AddRange(wrong);
        foreach (var difference in wrong)
            Screen.Say($"[red]Not as expected:[/] {difference}");
        Screen.Say($"{seen.Count(ConversationStatus.Completed)} conversations are complete, {seen.Count(ConversationStatus.Held)} wait, {seen.Count(ConversationStatus.Failed)} failed.");
        return seen;
    }

    /// <summary>How far it is, or null when there is no work left.</summary>
    private async Task<string?> Unsettled(Expected expected)
    {
        var scan = await product.LastScan();
        var (files, conversations) = (await product.Files(), await product.Conversations());
        var reading = files.Count(f => f.Status is FileStatus.Discovered or FileStatus.Processing);
        var held = conversations.Count(c => c.Status == ConversationStatus.Held);
        // A release follows the answer to what caused it: for a moment nothing moves although something will.
        if (scan.Status != ScanStatus.Running && reading == 0 && held <= expected.HeldForQueue + expected.HeldForAgent + expected.HeldForCounterpart
            && conversations.All(c => c.Status != ConversationStatus.Processing))
            return null;

        var completed = conversations.Count(c => c.Status == ConversationStatus.Completed);
        return $"{files.Count - reading} of {files.Count} files read, {completed} of {expected.Completed} conversations complete";
    }

    private static bool IsCsv(SampleObject o) => o.Key.EndsWith(".csv", StringComparison.Ordinal);
}
