namespace QualityIngest.Samples.Dialogue;

/// <summary>Writes one conversation on a topic.</summary>
internal static class Script
{
    /// <summary>The lines in their order; the first one comes from the agent or the system.</summary>
    public static IReadOnlyList<Line> Write(Random random, Topic topic, SampleAgent agent, bool isChat)
    {
        var facts = Facts.Pick(random, topic);
        var lines = new List<Line>();
        foreach (var beat in topic.Beats)
        {
            // The dice are thrown for every beat, so that calls and chats of one seed tell the same story.
            var (said, way) = (!beat.Optional || random.Next(2) == 0, random.Of(beat.Ways));
            if (said && (isChat ? beat.InChats : beat.InCalls))
                lines.Add(new(beat.Speaker, Fill(way, facts, agent, random.Of(facts.Days)), beat.Wait));
        }

        return lines;
    }

    private static string Fill(string way, Facts facts, SampleAgent agent, string day) => way
        .Replace("{company}", Company.Name, StringComparison.Ordinal)
        .Replace("{agent}", agent.FirstName, StringComparison.Ordinal)
        .Replace("{customer}", facts.Customer, StringComparison.Ordinal)
        .Replace("{city}", facts.City, StringComparison.Ordinal)
        .Replace("{order}", facts.Order, StringComparison.Ordinal)
        .Replace("{amount}", facts.Amount, StringComparison.Ordinal)
        .Replace("{thing}", facts.Thing, StringComparison.Ordinal)
        .Replace("{day}", day, StringComparison.Ordinal);
}
