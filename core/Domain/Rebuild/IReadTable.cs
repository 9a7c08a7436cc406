using QualityIngest.Database;
using QualityIngest.EventStore;

namespace QualityIngest.Domain.Rebuild;

/// <summary>A read table that one kind of stream makes, and how it is made of what is stored.</summary>
public interface IReadTable
{
    /// <summary>Its name.</summary>
    string Name { get; }

    /// <summary>The kind of stream.</summary>
    string StreamType { get; }

    /// <summary>The tables that rows are written to, and the column of each that names the stream.</summary>
    IReadOnlyList<(string Table, string Id)> Rows { get; }

    /// <summary>Writes the rows of these streams, which the caller has locked, as if all of it happened anew.</summary>
    Task Write(PipelineSession session, IReadOnlyList<StreamHistory> streams, CancellationToken cancel);
}
