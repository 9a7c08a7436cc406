using QualityIngest.Domain.Tenants;

namespace QualityIngest.Api.Http;

/// <summary>Who may call an endpoint. An endpoint of the API without one does not start.</summary>
public interface IAccess;

/// <summary>Only a key that has a scope.</summary>
/// <param name="Scope">One of <see cref="Scopes"/>.</param>
public sealed record ScopeAccess(string Scope) : IAccess;

/// <summary>Whoever knows the secret in the address; a key that is sent along must work and have a scope, and then speaks for the call.</summary>
/// <param name="Scope">One of <see cref="Scopes"/>.</param>
public sealed record TokenAccess(string Scope) : IAccess;

/// <summary>How endpoints say who may call them.</summary>
public static class AccessExtensions
{
    /// <summary>
    /// Lets only keys with this scope in, and says so in the document. On a group it holds for all its endpoints; an endpoint's
    /// own stands over its group's.
    /// </summary>
    public static TBuilder RequireScope<TBuilder>(this TBuilder endpoints, string scope) where TBuilder : IEndpointConventionBuilder =>
        endpoints.WithMetadata(new ScopeAccess(scope));

    /// <summary>Lets in whoever knows the secret in the address, which the handler checks; a key may be sent along.</summary>
    public static TBuilder RequireToken<TBuilder>(this TBuilder endpoints, string scope) where TBuilder : IEndpointConventionBuilder =>
        endpoints.WithMetadata(new TokenAccess(scope));
}
