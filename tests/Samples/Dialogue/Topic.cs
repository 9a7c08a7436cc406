namespace QualityIngest.Samples.Dialogue;

/// <summary>
/// A kind of conversation: beats in their order, each with several ways to say it. Read from a text of lines such as
/// <c>A?: One way to say it. | Another one.</c>, where A, C and S are agent, customer and system, and behind them
/// <c>v</c> or <c>c</c> mean only in calls or only in chats, <c>w</c> that a wait follows, <c>?</c> that it is said half the time.
/// </summary>
internal sealed record Topic(string Language, string Reason, IReadOnlyList<string> Things, IReadOnlyList<Topic.Beat> Beats)
{
    /// <summary>One step of the conversation.</summary>
    internal sealed record Beat(Speaker Speaker, bool InCalls, bool InChats, bool Wait, bool Optional, IReadOnlyList<string> Ways);

    private static readonly Lazy<IReadOnlyList<Topic>> Known = new(Load);

    /// <summary>The topics of a primary language.</summary>
    public static IReadOnlyList<Topic> In(string language) => [.. Known.Value.Where(topic => topic.Language == language)];

    private static Topic[] Load()
    {
        var assembly = typeof(Topic).Assembly;
        return [.. assembly.GetManifestResourceNames()
            .Where(name => name.EndsWith(".txt", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name =>
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
                // QualityIngest.Samples.Dialogue.Topics.en-orders.txt
                return Parse(name.Split('.')[^2].Split('-')[0], reader.ReadToEnd());
            })];
    }

    private static Topic Parse(string language, string text)
    {
        var (reason, things, beats) = ("", (IReadOnlyList<string>)[], new List<Beat>());
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var (head, ways) = (line[..line.IndexOf(": ", StringComparison.Ordinal)], line[(line.IndexOf(": ", StringComparison.Ordinal) + 2)..].Split(" | "));
            if (head == "reason")
                reason = ways[0];
            else if (head == "things")
                things = ways;
            else
                beats.Add(new(SpeakerOf(head[0]), !head.Contains('c'), !head.Contains('v'), head.Contains('w'), head.Contains('?'), ways));
        }

        return new(language, reason, things, beats);
    }

    private static Speaker SpeakerOf(char letter) => letter switch
    {
        'A' => Speaker.Agent,
        'C' => Speaker.Customer,
        'S' => Speaker.System,
        _ => throw new FormatException($"Nobody is called {letter}."),
    };
}
