namespace QualityIngest.Domain.Connectors;

/// <summary>The connector cannot read its bucket and rests until a probe succeeds. On the connector's notice stream.</summary>
/// <param name="ConnectorId">The connector; absent in what was stored before there were webhooks.</param>
public sealed record ConnectorSuspended(string Code, string Detail, Guid? ConnectorId = null);

/// <summary>A probe succeeded: the connector works again.</summary>
/// <param name="ConnectorId">The connector; absent in what was stored before there were webhooks.</param>
public sealed record ConnectorResumed(Guid? ConnectorId = null);

/// <summary>A test of the stored connector failed where the one before had not. On the connector's notice stream.</summary>
/// <param name="ConnectorId">The connector.</param>
/// <param name="Code">What failed, as a stable word.</param>
/// <param name="Detail">The same for people.</param>
public sealed record ConnectorTestFailed(Guid ConnectorId, string Code, string Detail);

/// <summary>No scan of the connector has ended for two intervals of its schedule. On the connector's notice stream.</summary>
/// <param name="ConnectorId">The connector.</param>
/// <param name="LastDiscoveryAt">When one last reached its end; null: none ever did.</param>
public sealed record ConnectorStale(Guid ConnectorId, DateTimeOffset? LastDiscoveryAt);
