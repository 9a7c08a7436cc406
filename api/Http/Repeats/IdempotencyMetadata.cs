namespace QualityIngest.Api.Http.Repeats;

/// <summary>Says that an operation takes an <c>Idempotency-Key</c>, as every POST of the API does unless it says otherwise.</summary>
/// <param name="ShowsSecret">Its answer shows something secret, which is never kept.</param>
public sealed record IdempotencyMetadata(bool ShowsSecret);

/// <summary>Says that an operation's answer shows something secret, this once.</summary>
public sealed record SecretMetadata;

/// <summary>Says that an operation changes nothing by being repeated, and has no use for an <c>Idempotency-Key</c>.</summary>
public sealed record RepeatableMetadata;

/// <summary>How endpoints say what repeating them means.</summary>
public static class IdempotencyExtensions
{
    /// <summary>The answer shows a secret that is never shown again: it is not kept for calls that are repeated.</summary>
    public static TBuilder ShowsSecret<TBuilder>(this TBuilder endpoints) where TBuilder : IEndpointConventionBuilder =>
        endpoints.WithMetadata(new SecretMetadata());

    /// <summary>Repeating the call changes nothing: an <c>Idempotency-Key</c> is not looked at.</summary>
    public static TBuilder Repeatable<TBuilder>(this TBuilder endpoints) where TBuilder : IEndpointConventionBuilder =>
        endpoints.WithMetadata(new RepeatableMetadata());

    /// <summary>Marks an endpoint that takes a key.</summary>
    internal static void Mark(EndpointBuilder endpoint)
    {
        var posts = endpoint.Metadata.OfType<HttpMethodMetadata>().LastOrDefault()?.HttpMethods.Contains(HttpMethods.Post) == true;
        if (posts && !endpoint.Metadata.OfType<RepeatableMetadata>().Any())
            endpoint.Metadata.Add(new IdempotencyMetadata(endpoint.Metadata.OfType<SecretMetadata>().Any()));
    }
}
