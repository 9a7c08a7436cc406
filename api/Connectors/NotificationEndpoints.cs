using Microsoft.AspNetCore.Mvc;
using QualityIngest.Api.Http;
using QualityIngest.Api.Http.Repeats;
using QualityIngest.Domain.Notifications;
using QualityIngest.Domain.Tenants;

namespace QualityIngest.Api.Connectors;

/// <summary>Notifications: a bucket tells of its objects at once, and does not wait for the next scan.</summary>
public static class NotificationEndpoints
{
    /// <summary>Maps a connector's address for notifications, and the address itself.</summary>
    public static void MapNotifications(this IEndpointRouteBuilder v1)
    {
        var address = v1.MapGroup("/connectors/{id:guid}/notifications").WithTags("Connectors").RequireScope(Scopes.ConnectorsRead);
        address.MapGet("", GetNotifications);
        address.MapPut("", SetNotifications).RequireScope(Scopes.ConnectorsWrite);
        address.MapDelete("", RemoveNotifications).RequireScope(Scopes.ConnectorsWrite);
        address.MapPost("/rotate", RotateNotifications).RequireScope(Scopes.ConnectorsWrite).ShowsSecret();

        v1.MapPost("/connectors/{id:guid}/notifications/{token}", Notify).WithTags("Connectors")
            .RequireToken(Scopes.NotificationsWrite)
            .Repeatable()
            .WithMetadata(new RequestSizeLimitAttribute(NotificationOptions.MaxBytes))
            .Refuses(
                "notification_malformed", "wrong_topic", "signature_invalid", "certificate_untrusted", "confirmation_untrusted",
                "notification_expired", "notification_unsigned", "notification_rate", "certificate_unavailable", "confirmation_failed");
    }

    /// <summary>
    /// Gets the address that a connector's bucket sends its notifications to, and what to paste into AWS so that it does. The
    /// address is shown to keys that may change connectors.
    /// </summary>
    public static async Task<Ok<NotificationAddress>> GetNotifications(
        Guid id, HttpRequest request, Caller caller, NotificationDirectory notifications, CancellationToken cancel) =>
        (await notifications.Get(caller, id, Root(request), cancel)).Ok();

    /// <summary>
    /// Sets the topic whose messages a connector takes, and makes its address the first time. Another topic has to be
    /// subscribed anew.
    /// </summary>
    public static async Task<Ok<NotificationAddress>> SetNotifications(
        Guid id, IfMatch match, NotificationAddressInput address, HttpRequest request, Caller caller, NotificationDirectory notifications,
        CancellationToken cancel) =>
        (await notifications.Set(caller, id, match.Version, address, Root(request), cancel)).Ok();

    /// <summary>Takes a connector's address away. Scans go on.</summary>
    public static async Task<NoContent> RemoveNotifications(
        Guid id, IfMatch match, Caller caller, NotificationDirectory notifications, CancellationToken cancel) =>
        (await notifications.Remove(caller, id, match.Version, cancel)).NoContent();

    /// <summary>Gives a connector another address. The old one ends at once; subscribe the new one.</summary>
    public static async Task<Ok<NotificationAddress>> RotateNotifications(
        Guid id, HttpRequest request, Caller caller, NotificationDirectory notifications, CancellationToken cancel) =>
        (await notifications.Rotate(caller, id, Root(request), cancel)).Ok();

    /// <summary>
    /// Takes a notification of a connector's bucket: a message of SNS, signed; or, with an API key beside the address, an event
    /// of EventBridge or records of S3. What it says is a hint: the objects that it names are looked at in the bucket soon
    /// after. Repeated, late, reordered and lost ones change nothing in the end. At most 256 KiB.
    /// </summary>
    /// <param name="body">The notification, as its sender writes it.</param>
    public static async Task<Accepted<NotificationReceipt>> Notify(
        Guid id, HiddenToken hidden, OptionalCaller caller, Stream body, NotificationInbox inbox, CancellationToken cancel) =>
        (await inbox.Receive(id, hidden.Text, caller.Caller, body, cancel)).Accepted();

    private static string Root(HttpRequest request) => $"{request.Scheme}://{request.Host}";
}
