using QualityIngest.Api.Http;
using QualityIngest.Domain.Tenants;
using QualityIngest.Domain.Webhooks;

namespace QualityIngest.Api.Webhooks;

/// <summary>Deliveries: every message to every endpoint, and how its attempts went.</summary>
public static class DeliveryEndpoints
{
    /// <summary>Maps the deliveries.</summary>
    public static void MapWebhookDeliveries(this IEndpointRouteBuilder v1)
    {
        var deliveries = v1.MapGroup("/webhooks/deliveries").WithTags("Webhooks").RequireScope(Scopes.WebhooksRead);
        deliveries.MapGet("", ListWebhookDeliveries);
        deliveries.MapGet("/{id:guid}", GetWebhookDelivery);
        deliveries.MapPost("/{id:guid}/retry", RetryWebhookDelivery).RequireScope(Scopes.WebhooksWrite);
    }

    /// <summary>Lists deliveries, latest first.</summary>
    /// <param name="endpointId">Those to one endpoint.</param>
    /// <param name="eventId">Those about one event, by the id that messages carry.</param>
    /// <param name="eventType">Those of a type of event.</param>
    /// <param name="state">Those in a state.</param>
    /// <param name="from">Those written at this time or later.</param>
    /// <param name="to">Those written before this time.</param>
    public static async Task<Ok<Listing<WebhookDelivery>>> ListWebhookDeliveries(
        Guid? endpointId, string? eventId, string? eventType, Word<DeliveryState>? state, Timestamp? from, Timestamp? to,
        Paging<Guid> paging, Caller caller, DeliveryDirectory deliveries, CancellationToken cancel) =>
        (await deliveries.List(
            caller,
            new() { EndpointId = endpointId, EventId = eventId, EventType = eventType, State = state?.Value, From = from?.Value, To = to?.Value },
            paging.Page, cancel)).Listing(paging);

    /// <summary>Gets a delivery with its attempts.</summary>
    public static async Task<Ok<WebhookDeliveryDetail>> GetWebhookDelivery(
        Guid id, Caller caller, DeliveryDirectory deliveries, CancellationToken cancel) =>
        (await deliveries.Get(caller, id, cancel)).Ok();

    /// <summary>Sends a message again at once, whether it arrived or not. It keeps its id.</summary>
    public static async Task<Accepted<WebhookDelivery>> RetryWebhookDelivery(
        Guid id, Caller caller, DeliveryDirectory deliveries, CancellationToken cancel) =>
        (await deliveries.Retry(caller, id, cancel)).Accepted();
}
