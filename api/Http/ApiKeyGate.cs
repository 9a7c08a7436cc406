using System.Collections.Frozen;
using QualityIngest.Domain.Tenants;

namespace QualityIngest.Api.Http;

/// <summary>
/// Lets a request through to an endpoint when it shows a working key with the endpoint's scope. The handler then has a
/// <see cref="Caller"/> (a tenant's key) or an <see cref="Administrator"/>.
/// </summary>
public static class ApiKeyGate
{
    private const string Bearer = "Bearer ";

    /// <summary>Registers who calls, for handlers that take it as a parameter.</summary>
    public static IServiceCollection AddApiKeyGate(this IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.AddScoped(Of<Caller>);
        services.AddScoped(Of<Administrator>);
        return services;
    }

    /// <summary>Checks every request that meets an endpoint with a scope, where it needs a key or shows one.</summary>
    public static IApplicationBuilder UseApiKeyGate(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        var scope = context.GetEndpoint()?.Metadata.GetMetadata<IAccess>() switch
        {
            ScopeAccess access => access.Scope,
            TokenAccess access when Secret(context.Request.Headers) is not null => access.Scope,
            _ => null,
        };
        if (scope is not null && await Refusal(context, scope) is { } problem)
        {
            if (problem.Status == StatusCodes.Status401Unauthorized)
                context.Response.Headers.WWWAuthenticate = "Bearer";
            await Problems.Write(context, problem);
            return;
        }

        await next(context);
    });

    private static async Task<Problem?> Refusal(HttpContext context, string scope)
    {
        if (Secret(context.Request.Headers) is not { } secret)
            return Problem.Of(StatusCodes.Status401Unauthorized, "missing_key", "Send an API key: Authorization: Bearer qi_…");

        var key = await context.RequestServices.GetRequiredService<KeyCheck>().Check(secret, context.RequestAborted);
        switch (key.Standing)
        {
            case KeyStanding.Valid when !key.Scopes!.Contains(scope):
                return Problem.Of(StatusCodes.Status403Forbidden, "insufficient_scope", $"This call needs a key with the scope {scope}.");
            case KeyStanding.Valid when key.Tenant is { } tenant:
                context.Features.Set(new Caller(tenant, key.Id!.Value, key.Scopes!.ToFrozenSet()));
                return null;
            case KeyStanding.Valid:
                context.Features.Set(new Administrator(key.Id));
                return null;
            case KeyStanding.Revoked:
                return Problem.Of(StatusCodes.Status401Unauthorized, "revoked_key", "This API key was revoked.");
            case KeyStanding.Expired:
                return Problem.Of(StatusCodes.Status401Unauthorized, "expired_key", "This API key has expired.");
            default:
                return Problem.Of(StatusCodes.Status401Unauthorized, "invalid_key", "This is not an API key of this installation.");
        }
    }

    private static string? Secret(IHeaderDictionary headers)
    {
        var authorization = headers.Authorization.ToString();
        if (authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
            return authorization[Bearer.Length..].Trim();
        return headers["X-API-Key"].ToString() is { Length: > 0 } key ? key : null;
    }

    private static T Of<T>(IServiceProvider services) where T : class =>
        services.GetRequiredService<IHttpContextAccessor>().HttpContext?.Features.Get<T>()
        ?? throw new InvalidOperationException($"The endpoint takes a {typeof(T).Name} that its scope does not admit.");
}
