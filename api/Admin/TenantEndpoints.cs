using QualityIngest.Api.Http;
using QualityIngest.Domain.Tenants;

namespace QualityIngest.Api.Admin;

/// <summary>The tenants of the installation, and the buckets that its own identity may read for them.</summary>
public static class TenantEndpoints
{
    /// <summary>Maps tenants and service grants of the tag Admin.</summary>
    public static void MapTenants(this IEndpointRouteBuilder v1)
    {
        var tenants = v1.MapGroup("/admin/tenants")
            .WithTag("Admin", "Tenants, API keys and the audit trail, for whoever runs the installation.")
            .RequireScope(Scopes.AdminRead);
        tenants.MapGet("", ListTenants);
        tenants.MapGet("/{tenant}", GetTenant);
        tenants.MapPost("", CreateTenant).RequireScope(Scopes.AdminWrite).Refuses("tenant_exists");
        tenants.MapGet("/{tenant}/service-grants", ListServiceGrants);
        tenants.MapPost("/{tenant}/service-grants", GrantBucket).RequireScope(Scopes.AdminWrite);
        tenants.MapDelete("/{tenant}/service-grants/{bucket}", RevokeBucket).RequireScope(Scopes.AdminWrite);
    }

    /// <summary>Lists the tenants, oldest first.</summary>
    public static async Task<Ok<Listing<Tenant>>> ListTenants(Paging<string> paging, TenantRegistry tenants, CancellationToken cancel) =>
        (await tenants.List(paging.Page, cancel)).Listing(paging);

    /// <summary>Gets a tenant.</summary>
    public static async Task<Ok<Tenant>> GetTenant(string tenant, TenantRegistry tenants, CancellationToken cancel) =>
        (await tenants.Get(tenant, cancel)).Ok();

    /// <summary>Creates a tenant.</summary>
    public static async Task<Created<Tenant>> CreateTenant(
        NewTenant tenant, Administrator administrator, TenantRegistry tenants, CancellationToken cancel) =>
        (await tenants.Create(administrator, tenant, cancel)).Created(created => $"/v1/admin/tenants/{created.Id}");

    /// <summary>Lists the buckets that the deployment's own identity may read for a tenant, by name.</summary>
    public static async Task<Ok<IReadOnlyList<ServiceGrant>>> ListServiceGrants(
        string tenant, ServiceGrants grants, CancellationToken cancel) =>
        (await grants.List(tenant, cancel)).Map<IReadOnlyList<ServiceGrant>>(list => list).Ok();

    /// <summary>Lets the deployment's own identity read a bucket for a tenant. Granting it again changes nothing.</summary>
    public static async Task<Ok<ServiceGrant>> GrantBucket(
        string tenant, NewServiceGrant grant, Administrator administrator, ServiceGrants grants, CancellationToken cancel) =>
        (await grants.Grant(administrator, tenant, grant.Bucket, cancel)).Ok();

    /// <summary>Takes a grant back. Connectors that rely on it fail from their next read on.</summary>
    /// <param name="bucket">The bucket's name.</param>
    public static async Task<NoContent> RevokeBucket(
        string tenant, string bucket, Administrator administrator, ServiceGrants grants, CancellationToken cancel) =>
        (await grants.Revoke(administrator, tenant, bucket, cancel)).NoContent();
}

/// <summary>A bucket to grant.</summary>
/// <param name="Bucket">The bucket's name, without scheme or path.</param>
public sealed record NewServiceGrant(string Bucket);
