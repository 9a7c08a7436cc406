using QualityIngest.Domain.Conversations;

namespace QualityIngest.Domain.Formats.Transcripts;

/// <summary>What the conversation's row says about the transcript that belongs to it.</summary>
public sealed record TranscriptContext
{
    /// <summary>When the conversation began: what <see cref="Utterance.StartMs"/> counts from.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When the conversation ended.</summary>
    public required DateTimeOffset EndedAt { get; init; }

    /// <summary>The agent's sound channel.</summary>
    public int AgentChannel { get; init; }

    /// <summary>The customer's sound channel.</summary>
    public int CustomerChannel { get; init; } = 1;

    /// <summary>Bytes that a transcript may measure, inclusive. Default: 52,428,800.</summary>
    public int MaxBytes { get; init; } = 52_428_800;
}

/// <summary>What a transcript turned out to be: a <see cref="Transcript"/> or a <see cref="TranscriptError"/>.</summary>
public abstract record TranscriptOutcome;

/// <summary>What was said, in the canonical form that is stored and exported.</summary>
public sealed record Transcript : TranscriptOutcome
{
    /// <summary>What was said, ordered by time, then by the source's order.</summary>
    public required IReadOnlyList<Utterance> Utterances { get; init; }

    /// <summary>Who took part, in the order in which they first spoke.</summary>
    public required IReadOnlyList<Participant> Participants { get; init; }

    /// <summary>Phrases that the recogniser gave no text for. Not part of the canonical JSON.</summary>
    public int SkippedPhrases { get; init; }

    /// <summary>Codes of what was assumed or ignored, each once. Not part of the canonical JSON.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}

/// <summary>One party of a conversation.</summary>
/// <param name="Id">The source's id of the speaker, where it has one.</param>
/// <param name="Role">What the speaker is.</param>
public sealed record Participant(string? Id, SpeakerRole Role);

/// <summary>Why a transcript cannot be used.</summary>
/// <param name="Code">A stable snake_case word, listed in <c>docs/errors.md</c>.</param>
/// <param name="Path">The JSON path of the fault, e.g. <c>$.recognizedPhrases[3].channel</c>.</param>
/// <param name="Position">The 0-based byte of the document where the fault shows.</param>
/// <param name="Message">A sentence for people.</param>
public sealed record TranscriptError(string Code, string Path, long Position, string Message) : TranscriptOutcome;
