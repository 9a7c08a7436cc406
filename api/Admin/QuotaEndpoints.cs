using QualityIngest.Api.Http;
using QualityIngest.Domain.Quotas;
using QualityIngest.Domain.Tenants;

namespace QualityIngest.Api.Admin;

/// <summary>How much single tenants may ingest a day.</summary>
public static class QuotaEndpoints
{
    /// <summary>Maps the tenants' quotas of the tag Admin.</summary>
    public static void MapTenantQuotas(this IEndpointRouteBuilder v1)
    {
        var quotas = v1.MapGroup("/admin/tenants/{tenant}/quotas").WithTags("Admin").RequireScope(Scopes.AdminRead);
        quotas.MapGet("", ListTenantQuotas);
        quotas.MapPut("/{format}", SetTenantQuota).RequireScope(Scopes.AdminWrite);
        quotas.MapDelete("/{format}", RemoveTenantQuota).RequireScope(Scopes.AdminWrite);
    }

    /// <summary>Lists how many bytes a tenant may ingest a UTC day, by limited format.</summary>
    public static async Task<Ok<IReadOnlyList<TenantQuota>>> ListTenantQuotas(
        string tenant, TenantQuotas quotas, CancellationToken cancel) =>
        (await quotas.List(tenant, cancel)).Map<IReadOnlyList<TenantQuota>>(list => list).Ok();

    /// <summary>Gives a tenant a limit of its own for a limited format. Where it is raised, what is deferred goes on soon after.</summary>
    /// <param name="format">The limited format, e.g. <c>conversation-json</c>.</param>
    public static async Task<Ok<TenantQuota>> SetTenantQuota(
        string tenant, string format, TenantQuotaInput input, Administrator administrator, TenantQuotas quotas, CancellationToken cancel) =>
        (await quotas.Set(administrator, tenant, format, input, cancel)).Ok();

    /// <summary>Takes a tenant's own limit away: the installation's holds again.</summary>
    /// <param name="format">The limited format, e.g. <c>conversation-json</c>.</param>
    public static async Task<NoContent> RemoveTenantQuota(
        string tenant, string format, Administrator administrator, TenantQuotas quotas, CancellationToken cancel) =>
        (await quotas.Remove(administrator, tenant, format, cancel)).NoContent();
}
