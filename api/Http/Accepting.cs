namespace QualityIngest.Api.Http;

/// <summary>Work that was accepted and is done soon after.</summary>
/// <param name="Accepted">Always true.</param>
public sealed record Acceptance(bool Accepted = true);
