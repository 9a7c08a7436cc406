using QualityIngest.Api.Http;
using QualityIngest.Api.Http.Repeats;
using QualityIngest.Domain.Tenants;
using QualityIngest.Domain.Webhooks;

namespace QualityIngest.Api.Webhooks;

/// <summary>Webhook endpoints: who is told of what.</summary>
public static class WebhookEndpoints
{
    /// <summary>Maps the endpoints.</summary>
    public static void MapWebhookEndpoints(this IEndpointRouteBuilder v1)
    {
        var endpoints = v1.MapGroup("/webhooks/endpoints")
            .WithTag("Webhooks", "Who is told of what, and every message that was sent.")
            .RequireScope(Scopes.WebhooksRead);
        endpoints.MapGet("", ListWebhookEndpoints);
        endpoints.MapGet("/{id:guid}", GetWebhookEndpoint);

        var changes = v1.MapGroup("/webhooks/endpoints").WithTags("Webhooks").RequireScope(Scopes.WebhooksWrite);
        changes.MapPost("", CreateWebhookEndpoint).Refuses("too_many_endpoints").ShowsSecret();
        changes.MapPut("/{id:guid}", ReplaceWebhookEndpoint);
        changes.MapDelete("/{id:guid}", DeleteWebhookEndpoint);
        changes.MapPost("/{id:guid}/enable", EnableWebhookEndpoint);
        changes.MapPost("/{id:guid}/disable", DisableWebhookEndpoint);
        changes.MapPost("/{id:guid}/secret/rotate", RotateWebhookSecret).ShowsSecret();
        changes.MapPost("/{id:guid}/test", TestWebhookEndpoint).Refuses("endpoint_disabled");
        changes.MapPost("/{id:guid}/retry", RetryFailedDeliveries);
        changes.MapPost("/{id:guid}/replay", ReplayEvents);
    }

    /// <summary>Lists the endpoints, oldest first.</summary>
    public static async Task<Ok<Listing<WebhookEndpoint>>> ListWebhookEndpoints(
        Paging<Guid> paging, Caller caller, EndpointDirectory endpoints, CancellationToken cancel) =>
        (await endpoints.List(caller, paging.Page, cancel)).Listing(paging);

    /// <summary>Gets an endpoint. Nothing secret of it is ever shown.</summary>
    public static async Task<Ok<WebhookEndpoint>> GetWebhookEndpoint(
        Guid id, Caller caller, EndpointDirectory endpoints, CancellationToken cancel) =>
        (await endpoints.Get(caller, id, cancel)).Ok();

    /// <summary>Creates an endpoint, enabled. Its signing secret is shown this once.</summary>
    public static async Task<Created<WebhookEndpointWithSecret>> CreateWebhookEndpoint(
        WebhookEndpointInput endpoint, Caller caller, EndpointDirectory endpoints, CancellationToken cancel) =>
        (await endpoints.Create(caller, endpoint, cancel)).Created(created => $"/v1/webhooks/endpoints/{created.Endpoint.Id}");

    /// <summary>Replaces an endpoint. Its signing secret stays, and so does every secret that is left out.</summary>
    public static async Task<Ok<WebhookEndpoint>> ReplaceWebhookEndpoint(
        Guid id, IfMatch match, WebhookEndpointInput endpoint, Caller caller, EndpointDirectory endpoints, CancellationToken cancel) =>
        (await endpoints.Replace(caller, id, match.Version, endpoint, cancel)).Ok();

    /// <summary>Removes an endpoint. What waits for it is not sent.</summary>
    public static async Task<NoContent> DeleteWebhookEndpoint(
        Guid id, IfMatch match, Caller caller, EndpointDirectory endpoints, CancellationToken cancel) =>
        (await endpoints.Delete(caller, id, match.Version, cancel)).NoContent();

    /// <summary>Enables an endpoint: what waits for it is sent. What happened meanwhile can be replayed.</summary>
    public static async Task<Ok<WebhookEndpoint>> EnableWebhookEndpoint(
        Guid id, Caller caller, EndpointDirectory endpoints, CancellationToken cancel) =>
        (await endpoints.SetEnabled(caller, id, true, cancel)).Ok();

    /// <summary>Disables an endpoint: it is not told of what happens from now on, and what waits goes on waiting.</summary>
    public static async Task<Ok<WebhookEndpoint>> DisableWebhookEndpoint(
        Guid id, Caller caller, EndpointDirectory endpoints, CancellationToken cancel) =>
        (await endpoints.SetEnabled(caller, id, false, cancel)).Ok();

    /// <summary>Gives an endpoint another signing secret, shown this once. For 24 hours the former one signs as well.</summary>
    public static async Task<Ok<WebhookEndpointWithSecret>> RotateWebhookSecret(
        Guid id, WebhookSecretInput secret, Caller caller, EndpointDirectory endpoints, CancellationToken cancel) =>
        (await endpoints.Rotate(caller, id, secret, cancel)).Ok();

    /// <summary>Sends an endpoint a message of type <c>endpoint.test</c>. The delivery tells how it went.</summary>
    public static async Task<Accepted<WebhookDelivery>> TestWebhookEndpoint(
        Guid id, Caller caller, DeliveryDirectory deliveries, CancellationToken cancel) =>
        (await deliveries.Test(caller, id, cancel)).Accepted();

    /// <summary>Sends again whatever failed since a time.</summary>
    public static async Task<Accepted<Redelivery>> RetryFailedDeliveries(
        Guid id, RetryFailedInput input, Caller caller, DeliveryDirectory deliveries, CancellationToken cancel) =>
        (await deliveries.RetryFailed(caller, id, input.Since, cancel)).Accepted();

    /// <summary>
    /// Sends once more the events since a time, or behind a cursor of the event feed, that the endpoint is told of. The messages
    /// have the ids that they had, and are marked by the header <c>webhook-replay</c>.
    /// </summary>
    public static async Task<Accepted<Redelivery>> ReplayEvents(
        Guid id, ReplayInput input, Caller caller, DeliveryDirectory deliveries, CancellationToken cancel) =>
        (await deliveries.Replay(caller, id, input, cancel)).Accepted();
}
