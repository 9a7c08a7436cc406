namespace QualityIngest.Api.Http;

/// <summary>Which chapter of the document an operation is in.</summary>
/// <param name="Name">The chapter's name.</param>
/// <param name="Description">What the chapter is about.</param>
public sealed record TagMetadata(string Name, string Description);

/// <summary>How endpoints join a chapter.</summary>
public static class TagExtensions
{
    /// <summary>Puts the endpoints into a chapter. Several groups may share one; its description is then the first one's.</summary>
    public static TBuilder WithTag<TBuilder>(this TBuilder endpoints, string name, string description) where TBuilder : IEndpointConventionBuilder =>
        endpoints.WithTags(name).WithMetadata(new TagMetadata(name, description));
}
