using QualityIngest.Api.Http;
using QualityIngest.Domain.Directory;
using QualityIngest.Domain.Tenants;

namespace QualityIngest.Api.Queues;

/// <summary>The queues that conversations end in. Connectors map the source's queue ids to them.</summary>
public static class QueueEndpoints
{
    /// <summary>Maps the tag Queues.</summary>
    public static void MapQueues(this IEndpointRouteBuilder v1)
    {
        var queues = v1.MapGroup("/queues")
            .WithTag("Queues", "The queues that conversations end in. Connectors map the source's queue ids to them.")
            .RequireScope(Scopes.ConnectorsRead);
        queues.MapGet("", ListQueues);
        queues.MapGet("/{id:guid}", GetQueue);
        queues.MapPost("", CreateQueue).RequireScope(Scopes.ConnectorsWrite).Refuses("queue_name_taken");
        queues.MapPut("/{id:guid}", ReplaceQueue).RequireScope(Scopes.ConnectorsWrite).Refuses("queue_name_taken");
        queues.MapDelete("/{id:guid}", DeleteQueue).RequireScope(Scopes.ConnectorsWrite).Refuses("queue_in_use");
    }

    /// <summary>Lists the queues, oldest first.</summary>
    public static async Task<Ok<Listing<Queue>>> ListQueues(
        Paging<Guid> paging, Caller caller, QueueDirectory queues, CancellationToken cancel) =>
        (await queues.List(caller, paging.Page, cancel)).Listing(paging);

    /// <summary>Gets a queue.</summary>
    public static async Task<Ok<Queue>> GetQueue(Guid id, Caller caller, QueueDirectory queues, CancellationToken cancel) =>
        (await queues.Get(caller, id, cancel)).Ok();

    /// <summary>Creates a queue.</summary>
    public static async Task<Created<Queue>> CreateQueue(
        QueueInput queue, Caller caller, QueueDirectory queues, CancellationToken cancel) =>
        (await queues.Create(caller, queue, cancel)).Created(created => $"/v1/queues/{created.Id}");

    /// <summary>Replaces a queue.</summary>
    public static async Task<Ok<Queue>> ReplaceQueue(
        Guid id, IfMatch match, QueueInput queue, Caller caller, QueueDirectory queues, CancellationToken cancel) =>
        (await queues.Replace(caller, id, match.Version, queue, cancel)).Ok();

    /// <summary>Deletes a queue that no connector maps to.</summary>
    public static async Task<NoContent> DeleteQueue(
        Guid id, IfMatch match, Caller caller, QueueDirectory queues, CancellationToken cancel) =>
        (await queues.Delete(caller, id, match.Version, cancel)).NoContent();
}
