using QualityIngest.Database;
using QualityIngest.Domain.Tenants;

namespace QualityIngest.Domain.Ingest;

/// <summary>Accepts retries by filter: the work is done soon after, in batches.</summary>
public sealed class RetryRequests(Postgres postgres, WorkQueue queue)
{
    /// <summary>Accepts a retry; the same one, while it waits, is accepted once.</summary>
    public async Task<Outcome<Done>> Accept(Caller caller, RetryWork work, CancellationToken cancel)
    {
        var fields = new Fields();
        work = work with { Code = fields.OptionalText("/code", work.Code, 100) };
        if (fields.Failure is { } invalid)
            return invalid;
        if (work is { ConnectorId: null, Status: null, Code: null })
            return new Failure.Invalid("", "filter_empty", "Set at least one member of the filter: everything is not retried at once.");

        var payload = DomainJson.Write(work);
        await using var session = await postgres.Tenant(caller.Tenant, cancel);
        await queue.Enqueue(session, caller.Tenant, [new(WorkKinds.Retry, payload, null, payload)], cancel);
        await session.Execute(
            AuditTrail.Entry(caller.Actor, caller.Tenant, $"{DomainJson.Word(work.Target)}.retried", "filter", work), cancel);
        await session.Commit(cancel);
        return default(Done);
    }
}
