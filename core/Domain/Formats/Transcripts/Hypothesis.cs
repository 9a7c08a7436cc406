using QualityIngest.Domain.Conversations;

namespace QualityIngest.Domain.Formats.Transcripts;

/// <summary>What a recogniser takes a phrase for.</summary>
/// <param name="Text">The text for people to read, else the words as heard; empty when there is none.</param>
/// <param name="Confidence">As given, of whatever size.</param>
/// <param name="Words">The words with their times; null when there are none.</param>
/// <param name="EndTicks">When the last word ends.</param>
internal sealed record Hypothesis(string? Text, double? Confidence, IReadOnlyList<UtteranceWord>? Words, long? EndTicks)
{
    /// <summary>Whether a confidence was given that is none.</summary>
    public bool HasOddConfidence => Confidence is not null && KnownConfidence is null;

    /// <summary>The confidence, where it is one: 0 to 1.</summary>
    public double? KnownConfidence => Known(Confidence);

    /// <summary>Reads <c>nBest</c>: the hypothesis of the highest confidence, the first of equals; null when there is none.</summary>
    public static Hypothesis? ReadBest(ref JsonCursor json)
    {
        if (!json.EnterArray()) return null;
        var best = default(Hypothesis);
        while (json.NextElement())
        {
            var next = Read(ref json);
            if (best is null || (next?.Confidence ?? double.NegativeInfinity) > (best.Confidence ?? double.NegativeInfinity)) best = next ?? best;
        }
        return best;
    }

    private static Hypothesis? Read(ref JsonCursor json)
    {
        var start = json.Start;
        if (!json.EnterObject()) return null;
        var (lexical, display) = (default(string), default(string));
        var confidence = default(double?);
        var (words, end) = (default(List<UtteranceWord>), default(long?));
        while (json.NextMember())
        {
            if (json.NameIs("lexical"u8)) lexical = json.Text();
            else if (json.NameIs("display"u8)) display = json.Text();
            else if (json.NameIs("confidence"u8)) confidence = json.Number();
            else if (json.NameIs("words"u8) && !json.IsNull) (words, end) = ReadWords(ref json);
            else json.Skip();
        }
        if (lexical is null && display is null) json.Missing("lexical", start);
        var text = string.IsNullOrWhiteSpace(display) ? lexical?.Trim() : display;
        return new(text, confidence, words?.Count > 0 ? words : null, end);
    }

    private static (List<UtteranceWord> Words, long? EndTicks) ReadWords(ref JsonCursor json)
    {
        var words = new List<UtteranceWord>();
        var last = default(long?);
        if (!json.EnterArray()) return (words, last);
        while (json.NextElement())
        {
            var start = json.Start;
            if (!json.EnterObject()) continue;
            var text = default(string);
            var (offset, duration) = (default(long?), default(long?));
            var confidence = default(double?);
            while (json.NextMember())
            {
                if (json.NameIs("word"u8)) text = json.Text();
                else if (json.NameIs("offsetInTicks"u8)) offset = json.Whole(0, Ticks.Most);
                else if (json.NameIs("durationInTicks"u8)) duration = json.Whole(0, Ticks.Most);
                else if (json.NameIs("confidence"u8)) confidence = json.Number();
                else json.Skip();
            }
            if (text is null) json.Missing("word", start);
            if (offset is null) json.Missing("offsetInTicks", start);
            if (duration is null) json.Missing("durationInTicks", start);
            if (text is null || offset is null || duration is null) continue;
            var end = offset.Value + duration.Value;
            words.Add(new(text, Ticks.ToMs(offset.Value), Ticks.ToMs(end), Known(confidence)));
            if (last is null || end > last) last = end;
        }
        return (words, last);
    }

    private static double? Known(double? confidence) => confidence is >= 0 and <= 1 ? confidence : null;
}
