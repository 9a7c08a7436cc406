namespace QualityIngest.Domain.Formats.Transcripts;

/// <summary>One phrase that was recognised.</summary>
/// <param name="Channel">The sound channel it was heard on.</param>
/// <param name="Speaker">The number that the recogniser gave the speaker, where it told speakers apart by voice.</param>
/// <param name="StartTicks">When it starts.</param>
/// <param name="EndTicks">When it ends: by its own duration, else by its last word's end, else unknown.</param>
/// <param name="Best">What was most probably said.</param>
internal sealed record RecognizedPhrase(int Channel, string? Speaker, long StartTicks, long? EndTicks, Hypothesis Best)
{
    private const string Success = "Success";

    /// <summary>Reads the phrase that the cursor stands on; null when it gave no text or is faulty.</summary>
    public static RecognizedPhrase? Read(ref JsonCursor json)
    {
        var start = json.Start;
        if (!json.EnterObject()) return null;
        var (status, speaker) = (default(string), default(string));
        var (channel, offset, duration) = (default(long?), default(long?), default(long?));
        var best = default(Hypothesis);
        while (json.NextMember())
        {
            if (json.NameIs("channel"u8)) channel = json.Whole(0, int.MaxValue);
            else if (json.NameIs("offsetInTicks"u8)) offset = json.Whole(0, Ticks.Most);
            else if (json.NameIs("durationInTicks"u8)) duration = json.Whole(0, Ticks.Most);
            else if (json.NameIs("recognitionStatus"u8)) status = json.Text();
            else if (json.NameIs("speaker"u8)) speaker = json.TextOrNumber();
            else if (json.NameIs("nBest"u8)) best = json.IsNull ? null : Hypothesis.ReadBest(ref json);
            else json.Skip();
        }
        if (status is not null && !status.Equals(Success, StringComparison.OrdinalIgnoreCase))
        {
            // What the recogniser gave up on need not be complete.
            json.Forgive();
            return null;
        }
        if (channel is null) json.Missing("channel", start);
        if (offset is null) json.Missing("offsetInTicks", start);
        if (best is null) json.Missing("nBest", start);
        if (channel is null || offset is null || best?.Text is null or "") return null;
        var end = duration is null ? best.EndTicks : offset + duration;
        if (end < offset) end = offset;
        return new((int)channel, speaker, offset.Value, end, best);
    }
}
