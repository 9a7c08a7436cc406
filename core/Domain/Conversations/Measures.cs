using QualityIngest.Domain.Formats;

namespace QualityIngest.Domain.Conversations;

/// <summary>Computes what <c>docs/measurements.md</c> defines.</summary>
public static class Measures
{
    /// <summary>The numbers of one conversation. Utterances are in their canonical order.</summary>
    public static Metrics Of(Channel channel, DateTimeOffset startedAt, DateTimeOffset endedAt, IReadOnlyList<Utterance> utterances) =>
        new() { DurationMs = (long)(endedAt - startedAt).TotalMilliseconds };
}
