using Npgsql;

namespace QualityIngest.EventStore;

/// <summary>
/// A read model that is written in the transaction of the events it is made of, so that a reader never sees one without the other.
/// </summary>
public interface IInlineProjection
{
    /// <summary>The streams that it is made of: <see cref="StreamAppend.StreamType"/>.</summary>
    string StreamType { get; }

    /// <summary>
    /// Called once an append, after its events are written and while their streams are locked, with every append
    /// of <see cref="StreamType"/> in the order given. A projection that writes only rows of these streams needs no lock of its own.
    /// </summary>
    Task Project(NpgsqlTransaction tx, string tenant, IReadOnlyList<StreamAppend> appends, CancellationToken cancel);
}
