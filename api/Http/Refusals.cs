namespace QualityIngest.Api.Http;

/// <summary>The codes that an operation may refuse with, besides those that follow from its shape.</summary>
/// <param name="Codes">Stable snake_case words.</param>
public sealed record RefusalMetadata(IReadOnlyList<string> Codes);

/// <summary>How endpoints document their refusals.</summary>
public static class RefusalExtensions
{
    /// <summary>Names the codes that this operation may refuse with, for the document.</summary>
    public static TBuilder Refuses<TBuilder>(this TBuilder endpoints, params string[] codes) where TBuilder : IEndpointConventionBuilder =>
        endpoints.WithMetadata(new RefusalMetadata(codes));
}
