using Microsoft.AspNetCore.Mvc;
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
        queues.MapPost("/import", ImportQueues).RequireScope(Scopes.ConnectorsWrite)
            .Accepts<Stream>(Csv.MediaType)
            .WithMetadata(new RequestSizeLimitAttribute(QueueImport.MaxBytes))
            .Refuses("empty_file", "unknown_column", "duplicate_column", "missing_column", "too_many_rows")
            .RefusesLike(StatusCodes.Status422UnprocessableEntity, "the code of a header that cannot be read, e.g. `invalid_utf8`");
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

    /// <summary>
    /// Imports queues from CSV with the column <c>name</c>. A row is the queue of its name, else a new one. Valid rows are taken
    /// together; faulty ones are reported and left out. At most 50,000 rows and 16 MiB.
    /// </summary>
    /// <param name="body">The table: CSV in UTF-8, with its header.</param>
    public static async Task<Ok<QueueImportReport>> ImportQueues(
        Stream body, Caller caller, QueueImport import, CancellationToken cancel) =>
        (await import.Run(caller, body, cancel)).Ok();
}
