using System.Buffers;
using System.Globalization;
using QualityIngest.Domain.Conversations;

namespace QualityIngest.Domain.Formats.Transcripts;

/// <summary>
/// Reads voice transcripts: <c>recognizedPhrases[]</c> as batch recognisers write them. Relies only on <c>channel</c>,
/// <c>offsetInTicks</c> and <c>nBest[].lexical</c>, and on the words where there are some; one tick is 100 ns, counted
/// from the recording's start, which is taken for the conversation's.
/// </summary>
public static class VoiceTranscript
{
    private const long ToleranceMs = 1_000;

    /// <summary>Reads a whole document.</summary>
    public static TranscriptOutcome Read(ReadOnlySequence<byte> json, TranscriptContext context) =>
        TranscriptDocument.Read(json, context, Parse);

    /// <summary>Reads a document of at most <see cref="TranscriptContext.MaxBytes"/>; a larger one is <c>file_too_large</c>.</summary>
    public static Task<TranscriptOutcome> ReadAsync(Stream json, TranscriptContext context, CancellationToken cancellationToken = default) =>
        TranscriptDocument.ReadAsync(json, context, Parse, cancellationToken);

    private static TranscriptOutcome Parse(ReadOnlySpan<byte> document, int offset, TranscriptContext context)
    {
        var json = new JsonCursor(document, offset);
        var (phrases, skipped) = (default(List<RecognizedPhrase>), 0);
        if (json.Begin() && json.EnterObject())
        {
            while (json.NextMember())
            {
                if (!json.NameIs("recognizedPhrases"u8)) json.Skip();
                else if (phrases is not null) json.Note(TranscriptCodes.DuplicateMember, "recognizedPhrases stands twice.");
                else if (!json.IsNull) (phrases, skipped) = Phrases(ref json);
                if (json.Error is not null) return json.Error;
            }
            if (phrases is null) json.Missing("recognizedPhrases", 0);
        }
        json.End();
        return json.Error is null ? Assemble(phrases!, skipped, context) : json.Error;
    }

    private static (List<RecognizedPhrase> Phrases, int Skipped) Phrases(ref JsonCursor json)
    {
        var phrases = new List<RecognizedPhrase>();
        var skipped = 0;
        if (!json.EnterArray()) return (phrases, skipped);
        while (json.NextElement())
        {
            if (RecognizedPhrase.Read(ref json) is { } phrase) phrases.Add(phrase);
            else skipped++;
            if (json.Error is not null) break;
        }
        return (phrases, skipped);
    }

    private static Transcript Assemble(List<RecognizedPhrase> phrases, int skipped, TranscriptContext context)
    {
        var oneChannel = phrases.Select(phrase => phrase.Channel).Distinct().Count() == 1;
        var utterances = new List<Utterance>(phrases.Count);
        foreach (var phrase in phrases.OrderBy(phrase => phrase.StartTicks))
        {
            var (role, participant) = Speaker(phrase, oneChannel, context);
            utterances.Add(new Utterance(
                utterances.Count, role, participant, Ticks.ToMs(phrase.StartTicks), phrase.EndTicks is { } end ? Ticks.ToMs(end) : null, null,
                phrase.Best.Text!, phrase.Best.KnownConfidence, phrase.Best.Words));
        }
        var durationMs = (context.EndedAt - context.StartedAt).Ticks / TimeSpan.TicksPerMillisecond;
        var warnings = new List<string>();
        if (skipped > 0) warnings.Add(TranscriptWarnings.PhrasesSkipped);
        if (utterances.Count == 0) warnings.Add(TranscriptWarnings.NoUtterances);
        if (utterances.Any(utterance => (utterance.EndMs ?? utterance.StartMs) > durationMs + ToleranceMs)) warnings.Add(TranscriptWarnings.OutsideConversation);
        if (phrases.Any(phrase => phrase.Best.HasOddConfidence)) warnings.Add(TranscriptWarnings.ConfidenceIgnored);
        return new Transcript { Utterances = utterances, Participants = Parties.Of(utterances), SkippedPhrases = skipped, Warnings = warnings };
    }

    /// <summary>
    /// Who a phrase is of. A recording of one channel whose speakers were told apart by voice has numbers for them, but
    /// says of none which party it is; a channel beside the two known ones is a third party.
    /// </summary>
    private static (SpeakerRole Role, string? Participant) Speaker(RecognizedPhrase phrase, bool oneChannel, TranscriptContext context)
    {
        if (oneChannel && phrase.Speaker is not null) return (SpeakerRole.Unknown, phrase.Speaker);
        if (phrase.Channel == context.AgentChannel) return (SpeakerRole.Agent, null);
        if (phrase.Channel == context.CustomerChannel) return (SpeakerRole.Customer, null);
        return (SpeakerRole.Unknown, phrase.Channel.ToString(CultureInfo.InvariantCulture));
    }
}
