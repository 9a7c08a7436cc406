using QualityIngest.Api.Http;
using QualityIngest.Domain.Feeds;
using QualityIngest.Domain.Formats.Feeds;
using QualityIngest.Domain.Tenants;

namespace QualityIngest.Api.Batches;

/// <summary>Batches: the directories of feeds, and what became of each.</summary>
public static class BatchEndpoints
{
    /// <summary>Maps the tag Batches.</summary>
    public static void MapBatches(this IEndpointRouteBuilder v1)
    {
        var batches = v1.MapGroup("/batches").WithTag("Batches", "The directories of feeds: what became of each, and what it brought.").RequireScope(Scopes.ConversationsRead);
        batches.MapGet("", ListBatches);
        batches.MapGet("/{id:guid}", GetBatch);
        batches.MapPost("/{id:guid}/confirm", ConfirmBatch).RequireScope(Scopes.ConversationsWrite).Refuses("not_awaiting_confirmation");
        batches.MapPost("/{id:guid}/retry", RetryBatch).RequireScope(Scopes.ConversationsWrite).Refuses("not_retryable");

        v1.MapPost("/connectors/{id:guid}/reimport", ReimportBatches).WithTags("Batches")
            .RequireScope(Scopes.ConversationsWrite).Refuses("not_of_this_format");
    }

    /// <summary>Lists the batches, latest discovered first.</summary>
    /// <param name="connectorId">Only those that this connector saw last.</param>
    /// <param name="status">Only those that stand here.</param>
    /// <param name="feed">Only those of feeds of this name.</param>
    /// <param name="kind">Only those that hold this.</param>
    /// <param name="from">Only those about this day, or up to it, or a later one.</param>
    /// <param name="to">Only those about this day, or up to it, or an earlier one.</param>
    public static async Task<Ok<Listing<Batch>>> ListBatches(
        Guid? connectorId, Word<BatchStatus>? status, string? feed, Word<FeedKind>? kind, Day? from, Day? to,
        Paging<Guid> paging, Caller caller, BatchDirectory batches, CancellationToken cancel) =>
        (await batches.List(caller, new(connectorId, status?.Value, feed, kind?.Value, from?.Value, to?.Value), paging.Page, cancel)).Listing(paging);

    /// <summary>Gets a batch.</summary>
    public static async Task<Ok<Batch>> GetBatch(Guid id, Caller caller, BatchDirectory batches, CancellationToken cancel) =>
        (await batches.Get(caller, id, cancel)).Ok();

    /// <summary>Confirms that a snapshot may leave its feed with less than half of its rows: it is shown soon after.</summary>
    public static async Task<Accepted<Batch>> ConfirmBatch(Guid id, Caller caller, BatchDirectory batches, CancellationToken cancel) =>
        (await batches.Confirm(caller, id, cancel)).Accepted();

    /// <summary>Imports a sealed batch again. What it shows is shown until then.</summary>
    public static async Task<Accepted<Batch>> RetryBatch(Guid id, Caller caller, BatchDirectory batches, CancellationToken cancel) =>
        (await batches.Retry(caller, id, cancel)).Accepted();

    /// <summary>
    /// Imports the sealed batches of a connector's dates again, soon after. What they show is shown until then, and nothing
    /// comes of it twice.
    /// </summary>
    /// <param name="from">The first day. A batch that names no day counts as one of the UTC day of its sealing.</param>
    /// <param name="to">The last day, not before the first.</param>
    public static async Task<Accepted<Acceptance>> ReimportBatches(
        Guid id, Day from, Day to, Caller caller, Reimports reimports, CancellationToken cancel) =>
        (await reimports.Accept(caller, id, from.Value, to.Value, cancel)).Map(_ => new Acceptance()).Accepted();
}
