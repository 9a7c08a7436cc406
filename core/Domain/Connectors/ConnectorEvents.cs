namespace QualityIngest.Domain.Connectors;

/// <summary>The connector cannot read its bucket and rests until a probe succeeds. On the connector's notice stream.</summary>
public sealed record ConnectorSuspended(string Code, string Detail);

/// <summary>A probe succeeded: the connector works again.</summary>
public sealed record ConnectorResumed;
