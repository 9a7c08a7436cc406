using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using QualityIngest.Samples.Dialogue;

namespace QualityIngest.Samples.Transcripts;

/// <summary>Writes a recogniser's result (<c>recognizedPhrases</c>) for a call, with words laid out in time as people speak.</summary>
internal static partial class VoiceDocument
{
    private const int TicksPerMillisecond = 10_000;

    /// <summary>The document, how long the call took, and who spoke when.</summary>
    public static (byte[] Json, TimeSpan Length, IReadOnlyList<Phrase> Phrases) Write(Random random, IReadOnlyList<Line> lines, int agentChannel)
    {
        var phrases = new List<Phrase>();
        var clock = random.Next(300, 1_500);
        var end = 0;
        // Some recognisers write ticks as floats, and some leave the words out.
        var (asFloats, withoutWords) = (random.Percent(50), random.Percent(5));
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Json.Readable))
        {
            json.WriteStartObject();
            json.WriteStartArray("recognizedPhrases");
            foreach (var line in lines.Where(line => line.Speaker != Speaker.System))
            {
                var channel = line.Speaker == Speaker.Agent ? agentChannel : 1 - agentChannel;
                foreach (var sentence in Sentences().Matches(line.Text).Select(match => match.Value.Trim()))
                {
                    var words = Spoken(random, sentence, clock);
                    WritePhrase(json, random, channel, sentence, words, asFloats, withoutWords);
                    phrases.Add(new(line.Speaker, words[0].Start, words[^1].End));
                    clock = words[^1].End + random.Next(120, 450);
                    end = Math.Max(end, words[^1].End);
                }

                if (random.Percent(4))
                    WriteNoise(json, channel, clock, asFloats);
                // Now and then the next speaker starts before this one has finished.
                clock += line.Wait ? random.Next(8_000, 40_000) : random.Percent(10) ? -random.Next(200, 600) : random.Next(100, 1_400);
            }

            json.WriteEndArray();
            json.WriteNumber("durationInTicks", (long)(end + 500) * TicksPerMillisecond);
            json.WriteEndObject();
        }

        return (buffer.ToArray(), TimeSpan.FromMilliseconds(end + random.Next(500, 2_000)), phrases);
    }

    private sealed record Word(string Text, int Start, int End, double Confidence);

    private static List<Word> Spoken(Random random, string sentence, int clock)
    {
        var words = new List<Word>();
        foreach (var word in NotSpoken().Replace(sentence, "").ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var end = clock + 90 + Math.Min(word.Length, 12) * random.Next(35, 60);
            words.Add(new(word, clock, end, Math.Round(0.55 + random.NextDouble() * 0.44, 4)));
            clock = end + random.Next(10, 70);
        }

        return words;
    }

    private static void WritePhrase(
        Utf8JsonWriter json, Random random, int channel, string sentence, List<Word> words, bool asFloats, bool withoutWords)
    {
        var lexical = string.Join(' ', words.Select(word => word.Text));
        var confidence = Math.Round(words.Average(word => word.Confidence), 4);
        json.WriteStartObject();
        json.WriteString("recognitionStatus", "Success");
        json.WriteNumber("channel", channel);
        WriteTicks(json, "offsetInTicks", words[0].Start, asFloats);
        WriteTicks(json, "durationInTicks", words[^1].End - words[0].Start, asFloats);
        json.WriteStartArray("nBest");
        if (random.Percent(15))
            WriteGuess(json, Math.Round(confidence / 2, 4), lexical.Replace("the ", "a ", StringComparison.Ordinal), null, null, asFloats);
        WriteGuess(json, confidence, lexical, sentence, withoutWords ? null : words, asFloats);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteGuess(Utf8JsonWriter json, double confidence, string lexical, string? display, List<Word>? words, bool asFloats)
    {
        json.WriteStartObject();
        json.WriteNumber("confidence", confidence);
        json.WriteString("lexical", lexical);
        if (display is not null)
            json.WriteString("display", display);
        if (words is not null)
        {
            json.WriteStartArray("words");
            foreach (var word in words)
            {
                json.WriteStartObject();
                json.WriteString("word", word.Text);
                WriteTicks(json, "offsetInTicks", word.Start, asFloats);
                WriteTicks(json, "durationInTicks", word.End - word.Start, asFloats);
                json.WriteNumber("confidence", word.Confidence);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteNoise(Utf8JsonWriter json, int channel, int clock, bool asFloats)
    {
        json.WriteStartObject();
        json.WriteString("recognitionStatus", "NoMatch");
        json.WriteNumber("channel", channel);
        WriteTicks(json, "offsetInTicks", clock, asFloats);
        WriteTicks(json, "durationInTicks", 300, asFloats);
        json.WriteEndObject();
    }

    private static void WriteTicks(Utf8JsonWriter json, string name, int milliseconds, bool asFloat)
    {
        var ticks = (long)milliseconds * TicksPerMillisecond;
        json.WritePropertyName(name);
        json.WriteRawValue(ticks.ToString(asFloat ? "0.0" : "0", CultureInfo.InvariantCulture));
    }

    [GeneratedRegex(@"[^.?!]+(?:[.?!](?!\s|$)[^.?!]*)*[.?!]*")]
    private static partial Regex Sentences();

    [GeneratedRegex(@"[^\p{L}\p{N}' -]")]
    private static partial Regex NotSpoken();
}
