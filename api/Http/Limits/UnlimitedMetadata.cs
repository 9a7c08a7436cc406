namespace QualityIngest.Api.Http.Limits;

/// <summary>Says that calls of an operation are not counted against their key's rate: whoever watches must see the busiest hour, too.</summary>
public sealed record UnlimitedMetadata;
