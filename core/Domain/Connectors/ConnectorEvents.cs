namespace QualityIngest.Domain.Connectors;

/// <summary>The connector cannot read its bucket and rests until a probe succeeds. On the connector's notice stream.</summary>
/// <param name="ConnectorId">The connector; absent in what was stored before there were webhooks.</param>
public sealed record ConnectorSuspended(string Code, string Detail, Guid? ConnectorId = null);

/// <summary>A probe succeeded: the connector works again.</summary>
/// <param name="ConnectorId">The connector; absent in what was stored before there were webhooks.</param>
public sealed record ConnectorResumed(Guid? ConnectorId = null);
