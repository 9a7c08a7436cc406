using QualityIngest.Api.Http;
using QualityIngest.Domain.Tenants;

namespace QualityIngest.Api.Admin;

/// <summary>Who changed what, and when.</summary>
public static class AuditEndpoints
{
    /// <summary>Maps the audit trail of the tag Admin.</summary>
    public static void MapAudit(this IEndpointRouteBuilder v1) =>
        v1.MapGet("/admin/audit", ListAudit).WithTags("Admin").RequireScope(Scopes.AdminRead);

    /// <summary>Lists changes of configuration, latest first.</summary>
    /// <param name="tenant">Only those of this tenant's configuration.</param>
    public static async Task<Ok<Listing<AuditEntry>>> ListAudit(
        string? tenant, Paging<long> paging, AuditTrail audit, CancellationToken cancel) =>
        (await audit.List(tenant, paging.Page, cancel)).Listing(paging);
}
