using QualityIngest.Api.Http;
using QualityIngest.Api.Http.Repeats;
using QualityIngest.Domain.Tenants;

namespace QualityIngest.Api.Admin;

/// <summary>The API keys of tenants and administrators.</summary>
public static class ApiKeyEndpoints
{
    /// <summary>Maps API keys of the tag Admin.</summary>
    public static void MapApiKeys(this IEndpointRouteBuilder v1)
    {
        var keys = v1.MapGroup("/admin/keys").WithTags("Admin").RequireScope(Scopes.AdminRead);
        keys.MapGet("", ListApiKeys);
        keys.MapGet("/{id:guid}", GetApiKey);
        keys.MapPost("", CreateApiKey).RequireScope(Scopes.AdminWrite).ShowsSecret();
        keys.MapPost("/{id:guid}/revoke", RevokeApiKey).RequireScope(Scopes.AdminWrite);
    }

    /// <summary>Lists API keys, oldest first. Their secrets are kept nowhere.</summary>
    /// <param name="tenant">Only those of this tenant.</param>
    public static async Task<Ok<Listing<ApiKey>>> ListApiKeys(string? tenant, Paging<Guid> paging, ApiKeys keys, CancellationToken cancel) =>
        (await keys.List(tenant, paging.Page, cancel)).Listing(paging);

    /// <summary>Gets an API key, working or not. Its secret is kept nowhere.</summary>
    public static async Task<Ok<ApiKey>> GetApiKey(Guid id, ApiKeys keys, CancellationToken cancel) => (await keys.Get(id, cancel)).Ok();

    /// <summary>Creates an API key. Its secret is in this answer and never shown again.</summary>
    public static async Task<Created<IssuedApiKey>> CreateApiKey(
        NewApiKey key, Administrator administrator, ApiKeys keys, CancellationToken cancel) =>
        (await keys.Create(administrator, key, cancel)).Created(issued => $"/v1/admin/keys/{issued.Key.Id}");

    /// <summary>Revokes an API key, from the next request on. Revoking it again changes nothing.</summary>
    public static async Task<Ok<ApiKey>> RevokeApiKey(Guid id, Administrator administrator, ApiKeys keys, CancellationToken cancel) =>
        (await keys.Revoke(administrator, id, cancel)).Ok();
}
