using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using QualityIngest.Api.Http;
using QualityIngest.Domain.Tenants;

namespace QualityIngest.Api.Tests.Http;

public sealed class AccessTests(ApiHost host) : IClassFixture<ApiHost>
{
    private static readonly string[] OpenPaths =
        ["/health/live", "/health/ready", "/openapi/{documentName}.json", "/openapi/{documentName}.yaml"];

    [SkippableFact]
    public void Every_endpoint_is_behind_a_scope_but_for_health_and_the_document()
    {
        foreach (var endpoint in Endpoints().Where(endpoint => !OpenPaths.Contains(endpoint.RoutePattern.RawText) && !IsOptions(endpoint)))
            Assert.True(endpoint.Metadata.GetMetadata<IAccess>() is not null, $"{endpoint.DisplayName} is open to anyone.");
    }

    // Validating reads what it is given and stores nothing.
    [SkippableFact]
    public void What_changes_something_needs_a_scope_to_write()
    {
        foreach (var endpoint in Endpoints().Where(endpoint => !endpoint.RoutePattern.RawText!.EndsWith("/validate", StringComparison.Ordinal)))
        {
            var method = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.SingleOrDefault();
            if (endpoint.Metadata.GetMetadata<IAccess>() is ScopeAccess access && method is "POST" or "PUT" or "DELETE" or "PATCH")
                Assert.True(access.Scope.EndsWith(":write", StringComparison.Ordinal), $"{endpoint.DisplayName} needs only {access.Scope}.");
        }
    }

    [SkippableFact]
    public void Administration_and_nothing_else_needs_an_administrators_scope()
    {
        foreach (var endpoint in Endpoints())
        {
            if (endpoint.Metadata.GetMetadata<IAccess>() is not ScopeAccess access)
                continue;
            var administers = endpoint.RoutePattern.RawText is "/metrics" || endpoint.RoutePattern.RawText!.StartsWith("/v1/admin/", StringComparison.Ordinal);
            Assert.True(
                (administers ? Scopes.OfAdministrators : Scopes.OfTenants).Contains(access.Scope),
                $"{endpoint.DisplayName} needs {access.Scope}.");
        }
    }

    // It tells what a path takes, and nothing of what is there.
    private static bool IsOptions(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods is ["OPTIONS"];

    private List<RouteEndpoint> Endpoints()
    {
        var endpoints = host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().ToList();
        Assert.True(endpoints.Count > 10, "The endpoints were not found.");
        return endpoints;
    }
}
