using QualityIngest.Client;

namespace QualityIngest.Demo;

/// <summary>Shows what has come of a bucket.</summary>
internal static class Summary
{
    private const int LinesShown = 12;

    /// <summary>Files with their counts, then why rows were refused, then where conversations stand.</summary>
    public static void Show(Observed seen)
    {
        var files = Screen.Table("File", "Status", "Accepted#", "Held#", "Duplicate#", "Rejected#");
        foreach (var file in seen.Files.OrderBy(file => file.Key, StringComparer.Ordinal))
            files.With(file.Key, file.Status, file.Counts.Accepted ?? 0, file.Counts.Held ?? 0, file.Counts.Duplicate ?? 0, file.Counts.Rejected ?? 0);
        files.With("all", "", Sum(seen, c => c.Accepted), Sum(seen, c => c.Held), Sum(seen, c => c.Duplicate), Sum(seen, c => c.Rejected));
        Screen.Show(files);

        var refused = Screen.Table("Rejected as", "Rows#", "For example");
        foreach (var rows in seen.Refused.GroupBy(row => row.Rejection.Code).OrderBy(rows => rows.Key, StringComparer.Ordinal))
        {
            var (key, example) = rows.First();
            refused.With(rows.Key, rows.Count(), $"{Path.GetFileName(key)}, line {example.Line}: {example.Message}");
        }

        Screen.Show(refused);

        var conversations = Screen.Table("Conversations", "Count#");
        foreach (var group in seen.Conversations.GroupBy(Standing).OrderBy(group => group.Key, StringComparer.Ordinal))
            conversations.With(group.Key, group.Count());
        Screen.Show(conversations);
    }

    /// <summary>The beginning of what was said in one conversation, and what was measured.</summary>
    public static void Show(Conversation conversation, ConversationTranscript transcript)
    {
        Screen.Say($"[bold]{conversation.ExternalId}[/], {conversation.Channel}, {conversation.Language}, {transcript.Utterances.Count} utterances:");
        foreach (var line in transcript.Utterances.Take(LinesShown))
            Screen.Say($"  [grey]{TimeSpan.FromMilliseconds(line.StartMs):mm\\:ss}[/] [bold]{line.Role,-8}[/] {line.Text}");
        if (transcript.Utterances.Count > LinesShown)
            Screen.Say($"  [grey]… and {transcript.Utterances.Count - LinesShown} more[/]");
        if (conversation.Metrics is { } metrics)
        {
            Screen.Say($"  {metrics.Turns} turns in {metrics.DurationMs / 1000.0:0.0} s: the agent spoke {metrics.AgentTalkMs / 1000.0:0.0} s at {metrics.AgentWordsPerMinute:0} words a minute, the customer {metrics.CustomerTalkMs / 1000.0:0.0} s, nobody {metrics.SilenceMs / 1000.0:0.0} s; {metrics.Interruptions} interruptions.");
        }
    }

    private static long Sum(Observed seen, Func<FileCounts, long?> count) => seen.Files.Sum(file => count(file.Counts) ?? 0);

    private static string Standing(Conversation conversation) => conversation switch
    {
        { Holds: [_, ..] holds } => $"Held for {string.Join(" and ", holds.Select(Awaited))}",
        { ErrorCode: { } code } => $"{conversation.Status}: {code}",
        _ => conversation.Status.ToString(),
    };

    private static string Awaited(HoldReason hold) => hold switch
    {
        HoldReason.Queue => "its queue",
        HoldReason.Agent => "its agent",
        _ => "its other side",
    };
}
