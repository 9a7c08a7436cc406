using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using QualityIngest.Database;
using QualityIngest.Domain.Connectors;
using QualityIngest.Domain.Formats;
using QualityIngest.Domain.Ingest;
using QualityIngest.Domain.Sources;
using QualityIngest.Domain.Tenants;

namespace QualityIngest.Domain.Notifications;

/// <summary>What a notification came to.</summary>
public enum NotificationResult
{
    /// <summary>The objects that it names are looked at soon.</summary>
    Accepted,

    /// <summary>It names nothing that the connector would ingest, or the connector is disabled.</summary>
    Ignored,

    /// <summary>The topic's subscription is confirmed.</summary>
    Confirmed,

    /// <summary>The end of the subscription is noted.</summary>
    Unsubscribed,
}

/// <summary>The answer to a notification.</summary>
/// <param name="Result">What it came to.</param>
/// <param name="Objects">How many objects are looked at because of it.</param>
public sealed record NotificationReceipt(NotificationResult Result, int Objects);

/// <summary>
/// Takes notifications: lets in what has the token, believes what SNS signed or an API key speaks for, and asks for the named
/// objects to be looked at. When it answers, that is stored.
/// </summary>
public sealed class NotificationInbox(
    Postgres postgres, WorkQueue queue, FileFormats formats, SnsVerification verification, SnsConfirmation confirmation,
    IOptions<NotificationOptions> options) : IDisposable
{
    private readonly PartitionedRateLimiter<Guid> _rate = PartitionedRateLimiter.Create<Guid, Guid>(connector =>
        RateLimitPartition.GetTokenBucketLimiter(connector, _ => new()
        {
            TokenLimit = options.Value.Burst,
            TokensPerPeriod = options.Value.PerSecond,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            QueueLimit = 0,
        }));

    /// <summary>Takes a notification.</summary>
    /// <param name="connector">The connector that the address names.</param>
    /// <param name="token">The address's token. That it is wrong and that there is no such connector is one answer.</param>
    /// <param name="caller">Whose API key came along; null: none did.</param>
    /// <param name="body">At most <see cref="NotificationOptions.MaxBytes"/>.</param>
    /// <param name="cancel">Ends everything.</param>
    public async Task<Outcome<NotificationReceipt>> Receive(Guid connector, string token, Caller? caller, Stream body, CancellationToken cancel)
    {
        var (address, now) = await Address(connector, token, cancel);
        if (address is null || (caller is not null && caller.Tenant != address.Tenant))
            return new Failure.NotFound();
        using (var lease = _rate.AttemptAcquire(connector))
        {
            if (!lease.IsAcquired)
                return new Failure.Refused("notification_rate", "This connector was notified too often a moment ago.", TimeSpan.FromSeconds(1));
        }

        using var bytes = new MemoryStream();
        await body.CopyToAsync(bytes, cancel);
        var read = NotificationReading.Body(bytes.ToArray(), options.Value.MaxKeys);
        if (read.Failure is { } malformed)
            return malformed;
        switch (read.Value)
        {
            case SnsNotification { Envelope: var envelope }:
                return await verification.Refusal(envelope, address.Topic, now, cancel) ?? await Believed(address, envelope, cancel);
            case PlainNotification when caller is null:
                return new Failure.Denied(
                    "notification_unsigned",
                    $"Nothing speaks for this notification: turn raw delivery off in SNS, or send an API key with the scope {Scopes.NotificationsWrite} along.");
            case PlainNotification { Hints: var hints }:
                return await Take(address, hints, cancel);
            default:
                throw new NotSupportedException($"Unknown notification {read.Value.GetType().Name}.");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _rate.Dispose();

    private async Task<Outcome<NotificationReceipt>> Believed(StoredAddress address, SnsEnvelope envelope, CancellationToken cancel)
    {
        if (envelope.Type != SnsMessageType.Notification)
            return await confirmation.Take(address, envelope, cancel);
        var hints = NotificationReading.Message(envelope.Message, options.Value.MaxKeys);
        return hints.Failure is { } malformed ? malformed : await Take(address, hints.Value, cancel);
    }

    /// <summary>The address, where the token is its own, and the database's time.</summary>
    private async Task<(StoredAddress? Address, DateTimeOffset Now)> Address(Guid connector, string token, CancellationToken cancel)
    {
        if (!NotificationToken.IsWellFormed(token))
            return default;
        await using var session = await postgres.System(cancel);
        var (address, now) = await session.First(
            new Statement($"select {StoredAddress.Columns}, clock_timestamp() from notification_addresses where connector_id = $1", connector),
            row => (StoredAddress.Read(row), row.GetFieldValue<DateTimeOffset>(9)), cancel);
        return address is not null && NotificationToken.Is(token, address.TokenHash) ? (address, now) : default;
    }

    /// <summary>Asks for the objects to be looked at that the connector would ingest; an object that waits already waits once.</summary>
    private async Task<Outcome<NotificationReceipt>> Take(StoredAddress address, BucketHints hints, CancellationToken cancel)
    {
        await using var session = await postgres.Tenant(address.Tenant, cancel);
        if (await ConnectorDirectory.Find(session, address.Connector, cancel) is not { } connector)
            return new Failure.NotFound();
        string[] keys = [];
        if (connector.Enabled)
        {
            var bucket = connector.Settings.Source.Bucket();
            keys = [.. hints.Objects
                .Where(o => o.Bucket == bucket && NoticeStep.Concerns(connector, formats[connector.Format], o.Key))
                .Select(o => o.Key)
                .Distinct(StringComparer.Ordinal)];
        }

        await queue.Enqueue(session, address.Tenant, [.. keys.Select(key => NoticeStep.Item(connector, key))], cancel);
        await session.Execute(
            new Statement(
                """
                update notification_addresses set last_received_at = clock_timestamp()
                where connector_id = $1 and coalesce(last_received_at < clock_timestamp() - interval '1 minute', true)
                """,
                address.Connector),
            cancel);
        await session.Commit(cancel);
        return new NotificationReceipt(keys.Length > 0 ? NotificationResult.Accepted : NotificationResult.Ignored, keys.Length);
    }
}
