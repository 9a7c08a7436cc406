using QualityIngest.Database;
using QualityIngest.Domain.Connectors;
using QualityIngest.Domain.Formats;
using QualityIngest.Domain.Ingest;
using QualityIngest.Domain.Tenants;

namespace QualityIngest.Domain.Feeds;

/// <summary>Accepts that the batches of some dates are imported again: the work is done soon after, in batches.</summary>
public sealed class Reimports(Postgres postgres, WorkQueue queue)
{
    /// <summary>Accepts it; the same one, while it waits, is accepted once.</summary>
    public async Task<Outcome<Done>> Accept(Caller caller, Guid connector, DateOnly from, DateOnly to, CancellationToken cancel)
    {
        await using var session = await postgres.Tenant(caller.Tenant, cancel);
        if (await ConnectorDirectory.Find(session, connector, cancel) is not { } stored)
            return new Failure.NotFound();
        if (stored.Format != FormatNames.Feeds)
            return new Failure.Conflict("not_of_this_format", "Only the files of feeds are about dates.");
        if (to < from)
            return new Failure.Invalid("/to", "to_before_from", "The last day is before the first.");

        var payload = DomainJson.Write(new RetryWork(RetryTarget.Batches, connector, Status: null, Code: null) { From = from, To = to });
        await queue.Enqueue(session, caller.Tenant, [new(WorkKinds.Retry, payload, null, payload)], cancel);
        await session.Execute(
            AuditTrail.Entry(caller.Actor, caller.Tenant, "connector.reimported", connector.ToString(), new { from, to }), cancel);
        await session.Commit(cancel);
        return default(Done);
    }
}
