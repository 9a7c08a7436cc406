namespace QualityIngest.Api.Http;

/// <summary>The codes that an operation may refuse with, besides those that follow from its shape.</summary>
/// <param name="Codes">Stable snake_case words.</param>
public sealed record RefusalMetadata(IReadOnlyList<string> Codes);

/// <summary>The refusals of an operation whose codes are those of something else, e.g. of the bucket that it reads.</summary>
/// <param name="Status">The status that they come with.</param>
/// <param name="Codes">Whose codes, as a phrase.</param>
public sealed record ForeignRefusalMetadata(int Status, string Codes);

/// <summary>How endpoints document their refusals.</summary>
public static class RefusalExtensions
{
    /// <summary>Names the codes that this operation may refuse with, for the document.</summary>
    public static TBuilder Refuses<TBuilder>(this TBuilder endpoints, params string[] codes) where TBuilder : IEndpointConventionBuilder =>
        endpoints.WithMetadata(new RefusalMetadata(codes));

    /// <summary>Says that this operation may also refuse with codes that are not its own.</summary>
    public static TBuilder RefusesLike<TBuilder>(this TBuilder endpoints, int status, string codes) where TBuilder : IEndpointConventionBuilder =>
        endpoints.WithMetadata(new ForeignRefusalMetadata(status, codes));
}
