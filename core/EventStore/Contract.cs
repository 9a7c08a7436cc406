namespace QualityIngest.EventStore;

/// <summary>Events to append to one stream, if it still is at <paramref name="ExpectedVersion"/>.</summary>
/// <param name="Stream">The stream's id.</param>
/// <param name="StreamType">The kind of thing that the stream is about, e.g. <c>conversation</c>.</param>
/// <param name="ExpectedVersion">Zero: the stream must not exist yet.</param>
/// <param name="Events">At least one registered event, in order.</param>
/// <param name="State">The aggregate after these events, handed to inline projections; the store itself never looks at it.</param>
public sealed record StreamAppend(
    Guid Stream, string StreamType, long ExpectedVersion, IReadOnlyList<object> Events, object? State = null);

/// <summary>One stored event.</summary>
/// <param name="Sequence">Its place in the feed.</param>
/// <param name="Version">Its place in its stream, from 1.</param>
/// <param name="Type">Its stored name.</param>
/// <param name="At">When the transaction that appended it began, by the database's clock.</param>
public sealed record StoredEvent(
    long Sequence, Guid Id, Guid Stream, long Version, string Type, object Data, DateTimeOffset At, string Tenant);

/// <summary>A stream as locked by <c>EventStore.Lock</c>: its version and its events so far.</summary>
public sealed record LockedState(Guid Stream, long Version, IReadOnlyList<object> Events);

/// <summary>All of one stream, oldest event first.</summary>
public sealed record StreamHistory(Guid Stream, long Version, IReadOnlyList<StoredEvent> Events);

/// <summary>
/// Thrown when a stream is not at the version that an append expects. The transaction must be rolled back;
/// the database refuses to commit it.
/// </summary>
public sealed class ConcurrencyException(Guid stream, long expected)
    : Exception($"Stream {stream} is no longer at version {expected}.")
{
    /// <summary>The first stream that moved on.</summary>
    public Guid Stream { get; } = stream;
}
