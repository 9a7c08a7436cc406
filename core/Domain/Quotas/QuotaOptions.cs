using QualityIngest.Domain.Formats;

namespace QualityIngest.Domain.Quotas;

/// <summary>How much a tenant may ingest a day. Section <c>Quota</c>.</summary>
public sealed record QuotaOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Quota";

    /// <summary>What <see cref="IsValid"/> asks for.</summary>
    public const string Rule = "Quota: BytesADay is not negative and names no feeds, whose batches are taken whole, and Sweep is from 100 ms to 1 h.";

    /// <summary>
    /// Stored bytes that a tenant may ingest in a UTC day, by format; a format that is not named, or named with 0, has no
    /// limit. <c>feeds</c> take none: a batch is taken whole, whatever it measures. Default: 500,000,000 for
    /// <c>conversation-json</c> (<c>limits.md</c>, Input). A tenant may have a limit of its own for a format that is limited
    /// here.
    /// </summary>
    public Dictionary<string, long> BytesADay { get; init; } = new() { [FormatNames.ConversationJson] = 500_000_000 };

    /// <summary>How often it is looked whether deferred files can go on: how late after midnight they may. Default 10 s.</summary>
    public TimeSpan Sweep { get; init; } = TimeSpan.FromSeconds(10);

    internal bool IsValid =>
        BytesADay.Values.All(bytes => bytes >= 0) && BytesADay.GetValueOrDefault(FormatNames.Feeds) == 0 && Sweep >= TimeSpan.FromMilliseconds(100) && Sweep <= TimeSpan.FromHours(1);
}
