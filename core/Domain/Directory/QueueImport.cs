using QualityIngest.Database;
using QualityIngest.Domain.Tenants;

namespace QualityIngest.Domain.Directory;

/// <summary>What came of an import of queues: rows = created + unchanged + refused.</summary>
/// <param name="Rows">Rows read, without the header.</param>
/// <param name="Created">Queues that are new.</param>
/// <param name="Unchanged">Queues that were there already.</param>
/// <param name="Refused">Rows that were not taken.</param>
/// <param name="Errors">Why, for the first 1,000 of them, by line.</param>
public sealed record QueueImportReport(int Rows, int Created, int Unchanged, int Refused, IReadOnlyList<QueueImportError> Errors);

/// <summary>
/// Imports queues from CSV. A row is the queue of its name, else a new one. Valid rows are taken together, in one transaction;
/// faulty ones are reported and left out.
/// </summary>
public sealed class QueueImport(Postgres postgres)
{
    /// <summary>The most bytes of a file: 16 MiB.</summary>
    public const long MaxBytes = AgentImport.MaxBytes;

    /// <summary>Imports a file. It is read to its end before the database is asked, so that a slow upload blocks nobody.</summary>
    public async Task<Outcome<QueueImportReport>> Run(Caller caller, Stream csv, CancellationToken cancel)
    {
        var read = await QueueCsv.Read(csv, cancel);
        if (read.Failure is { } failure)
            return failure;
        var (names, refused) = (read.Value.Accepted, read.Value.Refused);

        await using var session = await postgres.Tenant(caller.Tenant, cancel);
        var created = await session.Execute(Insert(caller.Tenant, names), cancel);
        var report = new QueueImportReport(
            names.Count + refused.Count, created, names.Count - created, refused.Count, refused.Take(AgentImport.MaxErrors).ToList());
        if (report.Created == 0)
            return report;

        var counts = new { report.Rows, report.Created, report.Unchanged, report.Refused };
        await session.Execute(AuditTrail.Entry(caller.Actor, caller.Tenant, "queue.imported", caller.Tenant, counts), cancel);
        await session.Commit(cancel);
        return report;
    }

    // In the order of the names: imports that meet wait for each other and never cross.
    private static Statement Insert(string tenant, IReadOnlyList<string> names) => new(
        """
        insert into queues (id, tenant_id, name)
        select r.id, $1, r.name from unnest($2::uuid[], $3::text[]) as r (id, name) order by r.name
        on conflict (tenant_id, name) do nothing
        """,
        tenant,
        names.Select(_ => Guid.CreateVersion7()).ToArray(),
        names.ToArray());
}
