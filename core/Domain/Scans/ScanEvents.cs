namespace QualityIngest.Domain.Scans;

/// <summary>A scan began. On the scan's stream.</summary>
public sealed record ScanStarted(Guid ConnectorId, string Trigger, DateTimeOffset DueAt);

/// <summary>A scan reached the end of its listing.</summary>
public sealed record ScanCompleted(Guid ConnectorId, long Listed, long Discovered, long Changed, long Removed);

/// <summary>A scan could not go on.</summary>
public sealed record ScanFailed(Guid ConnectorId, string Code, string Detail);

/// <summary>A scan was ended before its end.</summary>
public sealed record ScanCancelled(Guid ConnectorId);
