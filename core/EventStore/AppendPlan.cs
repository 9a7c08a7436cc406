namespace QualityIngest.EventStore;

/// <summary>A stream's move from one version to another within one append.</summary>
internal readonly record struct StreamMove(Guid Id, string Type, long Expected, long Version);

/// <summary>An event, its stored name, and its place in its stream.</summary>
internal readonly record struct PlannedEvent(Guid Stream, long Version, string Type, object Data);

/// <summary>
/// What an append does, before it touches the database: each stream once, in id order (the order in which all appends lock),
/// and each event with its version.
/// </summary>
internal sealed record AppendPlan(StreamMove[] New, StreamMove[] Existing, PlannedEvent[] Events)
{
    /// <summary>Plans an append. The appends of one stream must chain: each expects the version that the one before it leaves.</summary>
    /// <exception cref="ConcurrencyException">Two appends of one stream expect versions that do not chain.</exception>
    public static AppendPlan Of(IReadOnlyList<StreamAppend> appends, EventRegistry registry)
    {
        var moves = new Dictionary<Guid, StreamMove>(appends.Count);
        var events = new List<PlannedEvent>(appends.Count);
        foreach (var append in appends)
        {
            if (append.Events.Count == 0)
                throw new ArgumentException($"An append to stream {append.Stream} carries no event.", nameof(appends));
            ArgumentOutOfRangeException.ThrowIfNegative(append.ExpectedVersion, nameof(appends));

            var chained = moves.TryGetValue(append.Stream, out var move);
            if (!chained)
                move = new StreamMove(append.Stream, append.StreamType, append.ExpectedVersion, append.ExpectedVersion);
            else if (move.Version != append.ExpectedVersion)
                throw new ConcurrencyException(append.Stream, append.ExpectedVersion);
            else if (move.Type != append.StreamType)
                throw new ArgumentException($"Stream {append.Stream} is appended to as '{move.Type}' and as '{append.StreamType}'.", nameof(appends));

            var version = move.Version;
            foreach (var data in append.Events)
                events.Add(new PlannedEvent(append.Stream, ++version, registry.NameOf(data), data));
            moves[append.Stream] = move with { Version = version };
        }

        // Guid's order is the order of its bytes as written, which is PostgreSQL's order of uuid.
        var ordered = moves.Values.OrderBy(m => m.Id).ToLookup(m => m.Expected == 0);
        return new AppendPlan([.. ordered[true]], [.. ordered[false]], [.. events]);
    }
}
