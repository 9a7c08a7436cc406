using QualityIngest.Client;
using QualityIngest.Samples;

namespace QualityIngest.Demo;

/// <summary>A refused row and the file that it lies in.</summary>
internal sealed record RefusedRow(string Key, Rejection Rejection);

/// <summary>What the API tells of a bucket, in the terms in which the sample promises it.</summary>
internal sealed record Observed(
    IReadOnlyList<IngestedFile> Files, IReadOnlyList<RefusedRow> Refused, IReadOnlyList<Conversation> Conversations)
{
    /// <summary>Asks for everything.</summary>
    public static async Task<Observed> Read(Product product)
    {
        var files = await product.Files();
        var refused = new List<RefusedRow>();
        foreach (var file in files.Where(file => file.Counts.Rejected > 0))
            refused.AddRange((await product.Rejections(file.Id)).Select(rejection => new RefusedRow(file.Key, rejection)));
        return new(files, refused, await product.Conversations());
    }

    /// <summary>Conversations in a state.</summary>
    public int Count(ConversationStatus status) => Conversations.Count(conversation => conversation.Status == status);

    /// <summary>Everything that is not as the sample promises, each as a sentence; empty when all is well.</summary>
    public IReadOnlyList<string> DifferencesFrom(Expected expected)
    {
        var differences = new List<string>();
        Compare("files read", expected.Files, Files.Count(f => f.Status is FileStatus.Ingested or FileStatus.PartiallyIngested));
        Compare("files read in part", expected.PartialFiles, Files.Count(f => f.Status == FileStatus.PartiallyIngested));
        Compare("files skipped", expected.SkippedFiles, Files.Count(f => f.Status == FileStatus.Skipped));
        Compare("files failed", 0, Files.Count(f => f.Status == FileStatus.Failed));
        Compare("rows read", expected.Rows, Rows(counts => counts.RowsRead));
        Compare("rows accepted", expected.Accepted, Rows(counts => counts.Accepted));
        Compare("rows held", expected.Held, Rows(counts => counts.Held));
        Compare("rows duplicate", expected.Duplicate, Rows(counts => counts.Duplicate));
        Compare("rows superseded", expected.Superseded, Rows(counts => counts.Superseded));
        Compare("rows rejected", expected.Rejected, Rows(counts => counts.Rejected));
        foreach (var code in expected.RejectedByCode.Keys.Union(Refused.Select(row => row.Rejection.Code)).Order(StringComparer.Ordinal))
            Compare($"rows rejected as {code}", expected.RejectedByCode.GetValueOrDefault(code), Refused.Count(row => row.Rejection.Code == code));
        Compare("conversations", expected.Conversations, Conversations.Count);
        Compare("conversations completed", expected.Completed, Count(ConversationStatus.Completed));
        Compare("conversations failed", expected.Failed, Count(ConversationStatus.Failed));
        Compare("conversations held for their queue", expected.HeldForQueue, Conversations.Count(c => c.Holds.Contains(HoldReason.Queue)));
        Compare("conversations held for their agent", expected.HeldForAgent, Conversations.Count(c => c.Holds.Contains(HoldReason.Agent)));
        Compare("conversations held for their other side", expected.HeldForCounterpart, Conversations.Count(c => c.Holds.Contains(HoldReason.Counterpart)));
        return differences;

        int Rows(Func<FileCounts, long?> count) => (int)Files.Sum(file => count(file.Counts) ?? 0);

        void Compare(string what, int promised, int seen)
        {
            if (promised != seen)
                differences.Add($"{what}: {seen} instead of {promised}");
        }
    }
}
