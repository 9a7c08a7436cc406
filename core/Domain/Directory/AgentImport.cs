using QualityIngest.Database;
using QualityIngest.Domain.Tenants;

namespace QualityIngest.Domain.Directory;

/// <summary>What came of an import of agents: rows = created + updated + unchanged + refused.</summary>
/// <param name="Rows">Rows read, without the header.</param>
/// <param name="Created">Agents that are new.</param>
/// <param name="Updated">Agents that were changed.</param>
/// <param name="Unchanged">Agents that were like this already.</param>
/// <param name="Refused">Rows that were not taken.</param>
/// <param name="Errors">Why, for the first 1,000 of them, by line.</param>
public sealed record AgentImportReport(
    int Rows, int Created, int Updated, int Unchanged, int Refused, IReadOnlyList<AgentImportError> Errors);

/// <summary>
/// Imports agents from CSV. A row is the agent with its e-mail address, else the one with its external id, else a new one; an
/// empty cell leaves what is known. Valid rows are taken together, in one transaction; faulty ones are reported and left out.
/// </summary>
public sealed class AgentImport(Postgres postgres, AgentChanges changes)
{
    /// <summary>The most bytes of a file: 16 MiB.</summary>
    public const long MaxBytes = 16 * 1_048_576;

    /// <summary>The most errors of a report.</summary>
    public const int MaxErrors = 1_000;

    /// <summary>Imports a file. It is read to its end before the database is asked, so that a slow upload blocks nobody.</summary>
    public async Task<Outcome<AgentImportReport>> Run(Caller caller, Stream csv, CancellationToken cancel)
    {
        var read = await AgentCsv.Read(csv, cancel);
        if (read.Failure is { } failure)
            return failure;
        var (rows, refused) = (read.Value.Accepted, read.Value.Refused);

        await using var session = await postgres.Tenant(caller.Tenant, cancel);
        await AgentChanges.Begin(session, cancel);
        var results = (await session.Query(Upsert(caller.Tenant, rows), row => (row.GetInt64(0), row.GetString(1)), cancel))
            .ToLookup(result => result.Item2, result => result.Item1);
        var errors = refused.Concat(results["ambiguous"].Select(Ambiguous)).Concat(results["repeated"].Select(Repeated))
            .OrderBy(error => error.Line)
            .ToList();
        var report = new AgentImportReport(
            rows.Count + refused.Count,
            results["created"].Count(),
            results["updated"].Count(),
            results["unchanged"].Count(),
            errors.Count,
            errors.Take(MaxErrors).ToList());
        if (report.Created + report.Updated == 0)
            return report;

        var counts = new { report.Rows, report.Created, report.Updated, report.Unchanged, report.Refused };
        await session.Execute(AuditTrail.Entry(caller.Actor, caller.Tenant, "agent.imported", caller.Tenant, counts), cancel);
        await changes.Tell(session, cancel);
        await session.Commit(cancel);
        return report;
    }

    private static Statement Upsert(string tenant, IReadOnlyList<AgentRow> rows) => Statement.File<AgentImport>(
        "Directory/ImportAgents.sql",
        tenant,
        rows.Select(row => row.Line).ToArray(),
        rows.Select(_ => Guid.CreateVersion7()).ToArray(),
        rows.Select(row => row.Agent.Name).ToArray(),
        rows.Select(row => row.Agent.Email).ToArray(),
        rows.Select(row => row.Agent.ExternalId).ToArray());

    private static AgentImportError Ambiguous(long line) =>
        new(line, null, "ambiguous_agent", "One agent has this e-mail address and another this external id.");

    private static AgentImportError Repeated(long line) =>
        new(line, null, "duplicate_in_file", "An earlier row is about the same agent.");
}
