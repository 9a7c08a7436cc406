using Npgsql;

namespace QualityIngest.EventStore;

/// <summary>
/// What is told of every append within its transaction, so that what follows from an event is stored with it or not at all.
/// </summary>
public interface IAppendListener
{
    /// <summary>Called once an append, behind all projections, with everything that was appended, in the order given.</summary>
    Task Appended(NpgsqlTransaction tx, string tenant, IReadOnlyList<StreamAppend> appends, CancellationToken cancel);
}
