namespace QualityIngest.Api.Http;

/// <summary>Work that was accepted and is done soon after.</summary>
/// <param name="Accepted">Always true: what was asked for is done soon after.</param>
public sealed record Acceptance(bool Accepted = true);
