using System.Net;
using QualityIngest.Database;
using QualityIngest.Domain.Connectors;
using QualityIngest.Domain.Tenants;

namespace QualityIngest.Domain.Notifications;

/// <summary>Confirms the subscription of a connector's address to its topic, and notes its end. Both leave an audit row.</summary>
public sealed class SnsConfirmation(Postgres postgres, SnsAddresses addresses, SnsCalls calls)
{
    /// <summary>Takes a believed message that asks for a confirmation, or tells of the subscription's end.</summary>
    internal async Task<Outcome<NotificationReceipt>> Take(StoredAddress address, SnsEnvelope envelope, CancellationToken cancel)
    {
        if (envelope.Type == SnsMessageType.UnsubscribeConfirmation)
            return await Note(address, "unsubscribed", NotificationResult.Unsubscribed, cancel);

        if (addresses.Confirmation(envelope.SubscribeUrl!, address.Topic!) is not { } confirm)
            return new Failure.Denied("confirmation_untrusted", "The address that confirms is not one of SNS for the connector's topic.");
        return (await calls.Get(confirm, cancel)).Status is HttpStatusCode.OK
            ? await Note(address, "confirmed", NotificationResult.Confirmed, cancel)
            : new Failure.Unavailable("confirmation_failed", "SNS did not take the confirmation.", TimeSpan.FromSeconds(20));
    }

    private async Task<Outcome<NotificationReceipt>> Note(
        StoredAddress address, string what, NotificationResult result, CancellationToken cancel)
    {
        await using var session = await postgres.Tenant(address.Tenant, cancel);
        if (await ConnectorDirectory.Find(session, address.Connector, cancel) is null)
            return new Failure.NotFound();
        await session.Execute(
            new Statement(
                """
                update notification_addresses set
                    confirmed_at = case when $3 then clock_timestamp() else confirmed_at end,
                    unsubscribed_at = case when $3 then null else clock_timestamp() end
                where connector_id = $1 and topic_arn = $2
                """,
                address.Connector, address.TopicArn, result == NotificationResult.Confirmed),
            cancel);
        await session.Execute(
            AuditTrail.Entry($"sns:{address.TopicArn}", address.Tenant, $"notifications.{what}", address.Connector.ToString()), cancel);
        await session.Commit(cancel);
        return new NotificationReceipt(result, 0);
    }
}
