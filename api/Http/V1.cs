using System.Reflection;
using System.Text.Json;
using QualityIngest.Api.Http.Repeats;

namespace QualityIngest.Api.Http;

/// <summary>The root of the API's routes, and what holds for all of them.</summary>
public static class V1
{
    /// <summary>
    /// The group <c>/v1</c>. An operation's id is its handler's name; an endpoint that does not say who may call it keeps the
    /// application from starting.
    /// </summary>
    public static RouteGroupBuilder MapV1(this IEndpointRouteBuilder app)
    {
        var v1 = app.MapGroup("/v1");
        ((IEndpointConventionBuilder)v1).Finally(endpoint =>
        {
            if (!endpoint.Metadata.OfType<IAccess>().Any())
                throw new InvalidOperationException($"{endpoint.DisplayName} does not say who may call it: RequireScope(…).");
            endpoint.Metadata.Add(new ProducesResponseTypeMetadata(
                StatusCodes.Status500InternalServerError, typeof(Problem), ["application/problem+json"]));
            IdempotencyExtensions.Mark(endpoint);
            if (endpoint.Metadata.OfType<MethodInfo>().LastOrDefault() is { } handler)
                endpoint.Metadata.Add(new EndpointNameMetadata(JsonNamingPolicy.CamelCase.ConvertName(handler.Name)));
        });
        return v1;
    }
}
