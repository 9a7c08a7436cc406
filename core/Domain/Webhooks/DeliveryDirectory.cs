using QualityIngest.Database;
using QualityIngest.Domain.Ingest;
using QualityIngest.Domain.Tenants;

namespace QualityIngest.Domain.Webhooks;

/// <summary>Shows a tenant's deliveries, and has messages sent again.</summary>
public sealed class DeliveryDirectory(Postgres postgres, WorkQueue queue)
{
    private const int Attempts = 50;

    /// <summary>The deliveries, latest first.</summary>
    public async Task<Page<WebhookDelivery, Guid>> List(
        Caller caller, DeliveryFilter filter, PageRequest<Guid> page, CancellationToken cancel)
    {
        Guid? @event = null;
        if (filter.EventId is { } text)
        {
            if (!text.StartsWith("evt_", StringComparison.Ordinal) || !Guid.TryParseExact(text[4..], "N", out var id))
                return new([], null);
            @event = id;
        }

        await using var session = await postgres.Tenant(caller.Tenant, cancel);
        var rows = await session.Query(
            new Statement(
                $"""
                select {WebhookDelivery.Columns} from webhook_deliveries
                where ($1::uuid is null or endpoint_id = $1)
                  and ($2::uuid is null or event_id = $2)
                  and ($3::text is null or type = $3)
                  and ($4::text is null or state = $4)
                  and ($5::timestamptz is null or created_at >= $5)
                  and ($6::timestamptz is null or created_at < $6)
                  and ($7::timestamptz is null or (created_at, id) < ($7, $8::uuid))
                order by created_at desc, id desc limit $9
                """,
                filter.EndpointId, @event, filter.EventType, filter.State is { } state ? DomainJson.Word(state) : null, filter.From?.UtcDateTime,
                filter.To?.UtcDateTime, page.After?.At, page.After?.Id, page.Limit + 1),
            WebhookDelivery.Read, cancel);
        return Page.Of(rows, page, d => new Position<Guid>(d.CreatedAt, d.Id));
    }

    /// <summary>One delivery with its attempts.</summary>
    public async Task<Outcome<WebhookDeliveryDetail>> Get(Caller caller, Guid id, CancellationToken cancel)
    {
        await using var session = await postgres.Tenant(caller.Tenant, cancel);
        var delivery = await session.First(
            new Statement($"select {WebhookDelivery.Columns} from webhook_deliveries where id = $1", id), WebhookDelivery.Read, cancel);
        if (delivery is null)
            return new Failure.NotFound();
        var attempts = await session.Query(
            new Statement(
                """
                select number, at, duration_ms, status, error_code, response from webhook_attempts
                where delivery_id = $1 order by number desc limit $2
                """,
                id, Attempts),
            row => new DeliveryAttempt(
                row.GetInt32(0), row.GetFieldValue<DateTimeOffset>(1), row.GetInt32(2), row.IsDBNull(3) ? null : row.GetInt32(3),
                row.IsDBNull(4) ? null : row.GetString(4), row.IsDBNull(5) ? null : row.GetString(5)),
            cancel);
        return new WebhookDeliveryDetail(delivery, attempts);
    }

    /// <summary>Has one message sent again at once, whether it arrived or not.</summary>
    public async Task<Outcome<WebhookDelivery>> Retry(Caller caller, Guid id, CancellationToken cancel)
    {
        await using var session = await postgres.Tenant(caller.Tenant, cancel);
        var delivery = await session.First(
            new Statement(
                $"""
                update webhook_deliveries
                set state = case when state = 'pending' then state else 'retrying' end,
                    next_at = case when state = 'pending' then next_at else clock_timestamp() end
                where id = $1 and exists (select from webhook_endpoints e where e.id = endpoint_id and e.deleted_at is null)
                returning {WebhookDelivery.Columns}
                """,
                id),
            WebhookDelivery.Read, cancel);
        if (delivery is null)
            return new Failure.NotFound();
        await session.Execute(AuditTrail.Entry(caller.Actor, caller.Tenant, "webhook_delivery.retried", id.ToString()), cancel);
        await session.Commit(cancel);
        return delivery;
    }

    /// <summary>Has an endpoint sent what failed since a time.</summary>
    public Task<Outcome<Redelivery>> RetryFailed(Caller caller, Guid endpoint, DateTimeOffset since, CancellationToken cancel) =>
        Ask(caller, endpoint, "retried_failed", new RedeliverWork(endpoint, null, since, null), cancel);

    /// <summary>Has an endpoint sent the events since a time or behind a cursor of the event feed, once more; the messages are marked.</summary>
    public async Task<Outcome<Redelivery>> Replay(Caller caller, Guid endpoint, ReplayInput input, CancellationToken cancel)
    {
        if (input is { Since: null, After: null } or { Since: not null, After: not null })
            return new Failure.Invalid("/since", "required", "Say since when, or after which cursor, and not both.");
        var after = 0L;
        if (input.After is { } cursor && !EventCursor.TryRead(cursor, out after))
            return new Failure.Invalid("/after", "invalid_cursor", "This is no cursor of the event feed.");
        return await Ask(caller, endpoint, "replayed", new RedeliverWork(endpoint, Ids.New(), input.Since, after), cancel);
    }

    /// <summary>Sends an endpoint a test message.</summary>
    public async Task<Outcome<WebhookDelivery>> Test(Caller caller, Guid endpoint, CancellationToken cancel)
    {
        await using var session = await postgres.Tenant(caller.Tenant, cancel);
        if (await EndpointDirectory.Find(session, endpoint, cancel) is not { } found)
            return new Failure.NotFound();
        if (!found.Enabled)
            return new Failure.Conflict("endpoint_disabled", "The endpoint is disabled. Enable it first.");
        var delivery = await session.First(
            new Statement(
                $"""
                insert into webhook_deliveries (tenant_id, endpoint_id, seq, event_id, stream_id, type)
                values ($1, $2, 0, $3, $3, $4)
                returning {WebhookDelivery.Columns}
                """,
                caller.Tenant, endpoint, Ids.New(), EventTypes.Test),
            WebhookDelivery.Read, cancel);
        await session.Commit(cancel);
        return delivery!;
    }

    private async Task<Outcome<Redelivery>> Ask(Caller caller, Guid endpoint, string what, RedeliverWork work, CancellationToken cancel)
    {
        await using var session = await postgres.Tenant(caller.Tenant, cancel);
        if (await EndpointDirectory.Find(session, endpoint, cancel) is null)
            return new Failure.NotFound();
        var id = work.ReplayId ?? Ids.New();
        await queue.Enqueue(session, caller.Tenant, [new(WorkKinds.Redeliver, id.ToString("N"), null, DomainJson.Write(work))], cancel);
        await session.Execute(
            AuditTrail.Entry(caller.Actor, caller.Tenant, $"webhook_endpoint.{what}", endpoint.ToString(), new { work.Since, work.After }), cancel);
        await session.Commit(cancel);
        return new Redelivery(work.ReplayId, endpoint);
    }
}

/// <summary>Which events are sent once more: since a time, or behind a cursor of the event feed.</summary>
/// <param name="Since">Those stored at this time or later.</param>
/// <param name="After">Those behind this cursor of the event feed.</param>
public sealed record ReplayInput(DateTimeOffset? Since = null, string? After = null);

/// <summary>Messages that are asked for again and are on their way.</summary>
/// <param name="ReplayId">What its deliveries are marked by; null: it retries deliveries that there are.</param>
/// <param name="EndpointId">The endpoint that gets the messages.</param>
public sealed record Redelivery(Guid? ReplayId, Guid EndpointId);

/// <summary>Since when failed messages are sent again.</summary>
/// <param name="Since">Those written at this time or later.</param>
public sealed record RetryFailedInput(DateTimeOffset Since);
