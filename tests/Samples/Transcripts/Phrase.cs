using QualityIngest.Samples.Dialogue;

namespace QualityIngest.Samples.Transcripts;

/// <summary>One sentence of a call, in milliseconds from its start.</summary>
internal sealed record Phrase(Speaker Speaker, int FromMs, int ToMs);
