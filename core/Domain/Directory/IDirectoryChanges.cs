using QualityIngest.Database;

namespace QualityIngest.Domain.Directory;

/// <summary>Is told of changes in the transaction that makes them, so that nothing held can miss what releases it.</summary>
public interface IDirectoryChanges
{
    /// <summary>The tenant's agents change. What is written to the session is committed with the change, or not at all.</summary>
    Task AgentsChanged(Session session, string tenant, CancellationToken cancel);
}
