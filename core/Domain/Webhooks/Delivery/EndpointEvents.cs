namespace QualityIngest.Domain.Webhooks.Delivery;

/// <summary>An endpoint was disabled because of how it answered. On the endpoint's notice stream.</summary>
public sealed record EndpointDisabled(Guid EndpointId, string Code, string Detail);
