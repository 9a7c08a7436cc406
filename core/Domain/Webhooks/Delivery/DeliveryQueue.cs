using System.Diagnostics;
using QualityIngest.Database;
using QualityIngest.Domain.Connectors;
using QualityIngest.EventStore;

namespace QualityIngest.Domain.Webhooks.Delivery;

/// <summary>Which endpoints a node serves, what is due at them, and how it went. All of it by the database's clock, under a fence.</summary>
public sealed class DeliveryQueue(Postgres postgres, EventStore.EventStore events, EventFeed feed)
{
    /// <summary>Takes endpoints that have something due and that no node serves.</summary>
    public async Task<IReadOnlyList<EndpointLease>> Acquire(Guid node, TimeSpan lease, int most, CancellationToken cancel)
    {
        var asked = Stopwatch.GetTimestamp();
        await using var session = await postgres.System(cancel);
        var taken = await session.Query(
            Statement.File<DeliveryQueue>("Webhooks/Delivery/Acquire.sql", node, lease, most),
            row => new EndpointLease(row.GetGuid(0), row.GetString(1), row.GetInt64(2), asked), cancel);
        if (taken.Count > 0)
            await session.Commit(cancel);
        return taken;
    }

    /// <summary>Keeps an endpoint for another while. False: it is another node's by now.</summary>
    public async Task<bool> Renew(EndpointLease lease, TimeSpan life, CancellationToken cancel)
    {
        await using var session = await postgres.Pipeline(lease.Tenant, cancel);
        var held = await session.Execute(
            new Statement(
                "update webhook_senders set lease_until = clock_timestamp() + $3 where endpoint_id = $1 and fence = $2 and lease_until is not null",
                lease.Endpoint, lease.Fence, life),
            cancel);
        await session.Commit(cancel);
        return held > 0;
    }

    /// <summary>Leaves an endpoint to whoever takes it next, at once or after a while.</summary>
    public async Task Release(EndpointLease lease, TimeSpan? rest, CancellationToken cancel)
    {
        await using var session = await postgres.Pipeline(lease.Tenant, cancel);
        await session.Execute(
            new Statement(
                "update webhook_senders set node = null, lease_until = clock_timestamp() + $3::interval where endpoint_id = $1 and fence = $2",
                lease.Endpoint, lease.Fence, rest),
            cancel);
        await session.Commit(cancel);
    }

    /// <summary>What is due at an endpoint, but for what is on its way already; in strict order at most the one that comes next.</summary>
    public async Task<IReadOnlyList<DueDelivery>> Due(
        EndpointLease lease, bool strict, IReadOnlyCollection<Guid> onTheirWay, int most, CancellationToken cancel)
    {
        if (strict && onTheirWay.Count > 0)
            return [];
        var final = strict ? (await feed.Recent(cancel)).Final : 0;
        await using var session = await postgres.Pipeline(lease.Tenant, cancel);
        return await session.Query(
            strict
                ? Statement.File<DeliveryQueue>("Webhooks/Delivery/DueInOrder.sql", lease.Tenant, lease.Endpoint, final)
                : Statement.File<DeliveryQueue>("Webhooks/Delivery/Due.sql", lease.Tenant, lease.Endpoint, onTheirWay.ToArray(), most),
            row => new DueDelivery(
                row.GetGuid(0), row.GetInt64(1), row.GetGuid(2), row.GetGuid(3), row.GetString(4), row.GetInt32(5),
                row.IsDBNull(6) ? null : row.GetGuid(6), row.GetString(7) == "pending"),
            cancel);
    }

    /// <summary>
    /// Records attempts, under the fence. An endpoint that is gone, or that has taken nothing for so long, is disabled with
    /// it, and a notice says so. What is recorded already is left as it is, so it may be called again after a connection that broke.
    /// </summary>
    /// <exception cref="LeaseLostException">The endpoint is another node's by now; nothing was recorded.</exception>
    public async Task Record(EndpointLease lease, IReadOnlyList<RecordedAttempt> attempts, TimeSpan disableAfter, CancellationToken cancel)
    {
        await using var session = await postgres.Pipeline(lease.Tenant, cancel);
        var failing = await session.Query(
            Statement.File<DeliveryQueue>(
                "Webhooks/Delivery/Record.sql",
                lease.Tenant,
                attempts.Select(a => a.Delivery.Id).ToArray(),
                attempts.Select(a => a.Delivery.Attempts + 1).ToArray(),
                attempts.Select(a => (int)a.Result.Duration.TotalMilliseconds).ToArray(),
                attempts.Select(a => a.Result.Status).ToArray(),
                attempts.Select(a => a.Result.Code).ToArray(),
                attempts.Select(a => a.Result.Response).ToArray(),
                attempts.Select(a => a.State).ToArray(),
                attempts.Select(a => a.Wait).ToArray(),
                lease.Endpoint, lease.Fence, Arrived(attempts), disableAfter),
            row => row.GetBoolean(0), cancel);
        if (failing is [])
            throw new LeaseLostException();
        if (attempts.FirstOrDefault(a => a.IsGone) is { } gone)
            await Disable(session, lease.Endpoint, gone.Endpoint, DisabledCodes.Gone, "The endpoint answered 410: it is gone for good.", cancel);
        else if (failing[0])
            await Disable(session, lease.Endpoint, attempts.Max(a => a.Endpoint), DisabledCodes.Failing, "No message has arrived for too long.", cancel);
        if (attempts.Where(a => a.Wait is not null || a.IsGone).ToList() is [_, ..] refused)
            await TryElsewhere(session, lease.Endpoint, refused, cancel);
        await session.Commit(cancel);
    }

    /// <summary>Whether any has arrived; null: none has, and a test alone does not tell of an endpoint that it fails.</summary>
    private static bool? Arrived(IReadOnlyList<RecordedAttempt> attempts) =>
        attempts.Any(a => a.Result.Delivered) ? true : attempts.All(a => a.Delivery.Sequence == 0) ? null : false;

    /// <summary>
    /// What an address did not take, the one that has taken its place meanwhile may, and soon. Whoever replaces it takes the sender's
    /// row as well: the change is seen here, or what is recorded here is seen there.
    /// </summary>
    private static Task<int> TryElsewhere(PipelineSession session, Guid endpoint, List<RecordedAttempt> refused, CancellationToken cancel) =>
        session.Execute(
            new Statement(
                """
                update webhook_deliveries set state = 'retrying', next_at = clock_timestamp() + $5
                where tenant_id = $1 and id = any($3) and seq > 0 and (state = 'failed' or next_at > clock_timestamp() + $5)
                  and exists (select from webhook_endpoints where tenant_id = $1 and id = $2 and version > $4 and enabled)
                """,
                session.Tenant, endpoint, refused.Select(r => r.Delivery.Id).ToArray(), refused.Max(r => r.Endpoint), 2 * EndpointCallers.LookAgain),
            cancel);

    /// <summary>Disables an endpoint if it still is as it was called: of another configuration the answer says nothing.</summary>
    private async Task Disable(PipelineSession session, Guid endpoint, long version, string code, string detail, CancellationToken cancel)
    {
        var disabled = await session.Execute(
            new Statement(
                """
                update webhook_endpoints
                set enabled = false, disabled_code = $3, disabled_detail = $4, version = version + 1, updated_at = now()
                where tenant_id = $1 and id = $2 and version = $5 and enabled
                """,
                session.Tenant, endpoint, code, detail, version),
            cancel);
        if (disabled == 0)
            return;
        var stream = Ids.Notice(endpoint);
        var locked = await events.Lock(session.Transaction, session.Tenant, [stream], cancel);
        await events.Append(
            session.Transaction, session.Tenant,
            [new(stream, ConnectorNotices.StreamType, locked.GetValueOrDefault(stream)?.Version ?? 0, [new EndpointDisabled(endpoint, code, detail)])], cancel);
    }
}
