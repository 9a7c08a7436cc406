using QualityIngest.Api.Http;
using QualityIngest.Domain.Ingest;
using QualityIngest.Domain.Tenants;

namespace QualityIngest.Api.Admin;

/// <summary>The work that was given up.</summary>
public static class WorkItemEndpoints
{
    /// <summary>Maps the dead letters of the tag Admin.</summary>
    public static void MapWorkItems(this IEndpointRouteBuilder v1)
    {
        var items = v1.MapGroup("/admin/work-items").WithTags("Admin").RequireScope(Scopes.AdminRead);
        items.MapGet("", ListDeadLetters);
        items.MapPost("/retry", RetryDeadLetters).RequireScope(Scopes.AdminWrite);
    }

    /// <summary>Lists the work that was given up, oldest first.</summary>
    /// <param name="tenant">Only that of this tenant.</param>
    /// <param name="kind">Only that of this kind.</param>
    public static async Task<Ok<Listing<DeadLetter>>> ListDeadLetters(
        string? tenant, string? kind, Paging<long> paging, DeadLetters letters, CancellationToken cancel) =>
        (await letters.List(tenant, kind, paging.Page, cancel)).Listing(paging);

    /// <summary>Lets work that was given up be tried again, with all its attempts.</summary>
    public static async Task<Ok<RetriedDeadLetters>> RetryDeadLetters(
        RetryDeadLettersInput input, Administrator administrator, DeadLetters letters, CancellationToken cancel) =>
        (await letters.Retry(administrator, input, cancel)).Ok();
}
