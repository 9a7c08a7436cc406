using QualityIngest.EventStore;

namespace QualityIngest.Domain.Rebuild;

/// <summary>What one transaction appended to a stream: read tables were written once for all of it, at its time.</summary>
/// <param name="At">When the transaction began, by the database's clock.</param>
/// <param name="Events">The events, in their order.</param>
internal sealed record Append(DateTimeOffset At, IReadOnlyList<object> Events)
{
    /// <summary>A stream's appends, in their order.</summary>
    public static IEnumerable<Append> Of(StreamHistory stream) =>
        stream.Events.GroupBy(e => e.At).Select(append => new Append(append.Key, [.. append.Select(e => e.Data)]));
}
