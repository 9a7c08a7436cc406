using System.Buffers;

namespace QualityIngest.Domain.Formats.Transcripts;

/// <summary>Reads one of Kore.ai's transcript formats.</summary>
public static class ChatScript
{
    /// <summary>Reads a whole document.</summary>
    public static TranscriptOutcome Read(ReadOnlySequence<byte> json, TranscriptContext context) =>
        new Transcript { Utterances = [], Participants = [] };

    /// <summary>Reads a document of at most <see cref="TranscriptContext.MaxBytes"/>; a larger one is <c>file_too_large</c>.</summary>
    public static Task<TranscriptOutcome> ReadAsync(Stream json, TranscriptContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult<TranscriptOutcome>(new Transcript { Utterances = [], Participants = [] });
}
