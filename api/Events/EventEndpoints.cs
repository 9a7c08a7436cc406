using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using QualityIngest.Api.Http;
using QualityIngest.Domain;
using QualityIngest.Domain.Tenants;
using QualityIngest.Domain.Webhooks;

namespace QualityIngest.Api.Events;

/// <summary>The event feed, for those who would rather ask than be told.</summary>
public static class EventEndpoints
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    /// <summary>Registers what streams events.</summary>
    public static IServiceCollection AddEvents(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<EventStreamOptions>().Bind(configuration.GetSection(EventStreamOptions.Section))
            .Validate(o => o.IsValid, EventStreamOptions.Rule).ValidateOnStart();
        services.AddSingleton<OpenStreams>();
        services.AddSingleton<EventStream>();
        return services;
    }

    /// <summary>Maps the tag Events.</summary>
    public static void MapEvents(this IEndpointRouteBuilder v1)
    {
        var events = v1.MapGroup("/events")
            .WithTag("Events", "What happened, in order: the feed of what webhooks tell.")
            .RequireScope(Scopes.WebhooksRead);
        events.MapGet("", ListEvents).Refuses("invalid_limit", "invalid_cursor", "unknown_event_type");
        events.MapGet("/stream", StreamEvents).Produces<string>(StatusCodes.Status200OK, "text/event-stream")
            .Refuses("invalid_cursor", "unknown_event_type", "too_many_streams");
    }

    /// <summary>
    /// Lists events in their order, behind a cursor; none is missing and none comes twice, however many are stored at the same
    /// time. Keep <c>next</c> and go on with it.
    /// </summary>
    /// <param name="after">The cursor that the last page gave as <c>next</c>; absent: from the first event on.</param>
    /// <param name="type">Only events of this type; repeat it for several.</param>
    /// <param name="connectorId">Only events of this connector.</param>
    /// <param name="limit">At most so many events, 1 to 100.</param>
    public static async Task<Ok<FeedEvents>> ListEvents(
        string? after, [FromQuery] string[]? type, Guid? connectorId, int? limit, Caller caller, EventReader reader, CancellationToken cancel)
    {
        if (limit is < 1 or > PagingMetadata.MaxLimit)
            throw Refuse("limit", "invalid_limit", $"This must be a whole number from 1 to {PagingMetadata.MaxLimit}.");
        Outcome<FeedEvents> page = await reader.Read(
            caller, Filter(type, connectorId), Place(after, "after"), limit ?? PagingMetadata.DefaultLimit, cancel);
        return page.Ok();
    }

    /// <summary>
    /// Sends events as they happen (server-sent events). The id of each is its cursor; a client that comes back with
    /// <c>Last-Event-ID</c> goes on behind it. Without one, and without <c>after</c>, it begins with what happens from now on.
    /// The first thing that comes is a sign of life, <c>still</c>, whose id is where the stream begins; others follow while
    /// nothing happens. A stream whose key is revoked ends within a minute.
    /// </summary>
    /// <param name="after">Where to begin; <c>Last-Event-ID</c> counts before it.</param>
    /// <param name="type">Only events of this type; repeat it for several.</param>
    /// <param name="connectorId">Only events of this connector.</param>
    public static async Task<IResult> StreamEvents(
        string? after, [FromQuery] string[]? type, Guid? connectorId,
        [FromHeader(Name = "Last-Event-ID"), Description("The id of the last event that the client has.")] string? lastEventId,
        HttpContext context, Caller caller, EventReader reader, EventStream stream, OpenStreams open, CancellationToken cancel)
    {
        var filter = Filter(type, connectorId);
        var from = (lastEventId ?? after) is not { } given ? await reader.End(cancel) : Place(given, lastEventId is null ? "after" : "Last-Event-ID");
        if (open.Begin(caller.Tenant) is not { } place)
            return Answers.Ok<FeedEvents>(new Failure.Refused("too_many_streams", "The tenant has as many event streams open here as there may be.", Pause));
        context.Response.RegisterForDispose(place);
        context.Response.Headers["X-Accel-Buffering"] = "no"; // Proxies that buffer would keep events back.
        return TypedResults.ServerSentEvents(stream.Events(caller, filter, from, cancel));
    }

    private static long Place(string? cursor, string parameter) =>
        cursor is null ? 0
        : EventCursor.TryRead(cursor, out var place) ? place
        : throw Refuse(parameter, "invalid_cursor", "This is no cursor of the event feed. Take it from next, as it is.");

    private static EventFilter Filter(string[]? types, Guid? connectorId) =>
        types is null || types.All(EventTypes.Names.Contains)
            ? new(types ?? [], connectorId)
            : throw Refuse("type", "unknown_event_type", $"The type must be one of: {string.Join(", ", EventTypes.Names)}.");

    private static ProblemException Refuse(string parameter, string code, string detail) =>
        new(Problem.Of(StatusCodes.Status400BadRequest, code, detail, new ProblemError(code, detail, Parameter: parameter)));
}
