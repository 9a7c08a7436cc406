using QualityIngest.Api.Http;
using QualityIngest.Domain.Connectors;
using QualityIngest.Domain.Tenants;

namespace QualityIngest.Api.Connectors;

/// <summary>Which queue a source's queue ids stand for.</summary>
public static class QueueMappingEndpoints
{
    /// <summary>Maps a connector's queue mappings.</summary>
    public static void MapQueueMappings(this IEndpointRouteBuilder v1)
    {
        var mappings = v1.MapGroup("/connectors/{id:guid}/queue-mappings").WithTags("Connectors").RequireScope(Scopes.ConnectorsRead);
        mappings.MapGet("", GetQueueMappings);
        mappings.MapPut("", ReplaceQueueMappings).RequireScope(Scopes.ConnectorsWrite);
    }

    /// <summary>Gets a connector's queue mappings, with the queue ids that are seen and not mapped, and how much waits for each.</summary>
    public static async Task<Ok<QueueMappingSet>> GetQueueMappings(
        Guid id, Caller caller, QueueMappings mappings, CancellationToken cancel) =>
        (await mappings.Get(caller, id, cancel)).Ok();

    /// <summary>Replaces a connector's queue mappings. What waits for one of them is released soon after.</summary>
    public static async Task<Ok<QueueMappingSet>> ReplaceQueueMappings(
        Guid id, IfMatch match, QueueMappingsInput input, Caller caller, QueueMappings mappings, CancellationToken cancel) =>
        (await mappings.Replace(caller, id, match.Version, input, cancel)).Ok();
}
