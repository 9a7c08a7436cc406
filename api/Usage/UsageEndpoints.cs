using QualityIngest.Api.Http;
using QualityIngest.Domain;
using QualityIngest.Domain.Tenants;
using QualityIngest.Domain.Usage;
using UsageOf = QualityIngest.Domain.Usage.Usage;

namespace QualityIngest.Api.Usage;

/// <summary>Usage: bytes and files a day.</summary>
public static class UsageEndpoints
{
    /// <summary>Maps the tag Usage.</summary>
    public static void MapUsage(this IEndpointRouteBuilder v1) =>
        v1.MapGet("/usage", GetUsage).WithTag("Usage", "Files and bytes a day.").RequireScope(Scopes.ConnectorsRead);

    /// <summary>Gets today's usage and that of the 30 days before. Days are UTC, by the database's clock.</summary>
    public static async Task<Ok<UsageOf>> GetUsage(Caller caller, UsageReport usage, CancellationToken cancel) =>
        ((Outcome<UsageOf>)await usage.Get(caller, cancel)).Ok();
}
