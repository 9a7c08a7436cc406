using System.Collections.Frozen;
using QualityIngest.Api.Http.Limits;
using QualityIngest.Domain.Telemetry;
using QualityIngest.Domain.Tenants;

namespace QualityIngest.Api.Http;

/// <summary>
/// Lets a request through to an endpoint when it shows a working key with the endpoint's scope, and not too often. The handler
/// then has a <see cref="Caller"/> (a tenant's key) or an <see cref="Administrator"/>.
/// </summary>
public static class ApiKeyGate
{
    private const string Bearer = "Bearer ";

    /// <summary>Registers who calls, for handlers that take it as a parameter.</summary>
    public static IServiceCollection AddApiKeyGate(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<RateLimitOptions>()
            .Bind(configuration.GetSection(RateLimitOptions.Section)).Validate(options => options.IsValid, RateLimitOptions.Rule).ValidateOnStart();
        services.AddSingleton<RateLimits>();
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
        if (scope is not null && await Refusal(context, scope) is { } refused)
        {
            if (refused.Problem.Status == StatusCodes.Status401Unauthorized)
                context.Response.Headers.WWWAuthenticate = "Bearer";
            await Problems.Write(context, refused.Problem, refused.RetryAfter);
            return;
        }

        await next(context);
    });

    private static async Task<Refused?> Refusal(HttpContext context, string scope)
    {
        if (Secret(context.Request.Headers) is not { } secret)
            return new(Problem.Of(StatusCodes.Status401Unauthorized, "missing_key", "Send an API key: Authorization: Bearer qi_…"));

        var limits = context.RequestServices.GetRequiredService<RateLimits>();
        var key = await context.RequestServices.GetRequiredService<KeyCheck>().Check(secret, context.RequestAborted);
        if (Unfit(key.Standing) is { } unfit)
            return limits.OfFailure(context) is { } pause ? TooOften("address", "Too many keys from this address did not work.", pause) : new(unfit);

        var counts = context.GetEndpoint()?.Metadata.GetMetadata<UnlimitedMetadata>() is null;
        if (counts && limits.OfKey(context, key.Id) is { } wait)
            return TooOften("key", "This key calls too often.", wait);
        if (!key.Scopes!.Contains(scope))
            return new(Problem.Of(StatusCodes.Status403Forbidden, "insufficient_scope", $"This call needs a key with the scope {scope}."));
        if (key.Tenant is { } tenant)
            context.Features.Set(new Caller(tenant, key.Id!.Value, key.Scopes!.ToFrozenSet()));
        else
            context.Features.Set(new Administrator(key.Id));
        return null;
    }

    private static Problem? Unfit(KeyStanding standing) => standing switch
    {
        KeyStanding.Valid => null,
        KeyStanding.Revoked => Problem.Of(StatusCodes.Status401Unauthorized, "revoked_key", "This API key was revoked."),
        KeyStanding.Expired => Problem.Of(StatusCodes.Status401Unauthorized, "expired_key", "This API key has expired."),
        _ => Problem.Of(StatusCodes.Status401Unauthorized, "invalid_key", "This is not an API key of this installation."),
    };

    private static Refused TooOften(string limit, string detail, TimeSpan wait)
    {
        Instruments.Limited(limit);
        return new(Problem.Of(StatusCodes.Status429TooManyRequests, "rate_limited", $"{detail} Wait as Retry-After says."), wait);
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

    private sealed record Refused(Problem Problem, TimeSpan? RetryAfter = null);
}
