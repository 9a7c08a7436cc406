using QualityIngest.Database;
using QualityIngest.Domain.Tenants;

namespace QualityIngest.Domain.Ingest;

/// <summary>A piece of work that was given up, as an administrator sees it.</summary>
/// <param name="Id">The item's id.</param>
/// <param name="Tenant">Whose work it is.</param>
/// <param name="Kind">What it was to do: <c>scan</c>, <c>notice</c>, <c>file</c>, <c>batch</c>, <c>resolve</c>, <c>measure</c>, <c>release</c> or <c>retry</c>.</param>
/// <param name="Key">What it was to be done to.</param>
/// <param name="ConnectorId">The connector that it belongs to; null: none.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="Code">Why it was given up, as a stable word.</param>
/// <param name="Detail">The same for people.</param>
/// <param name="CreatedAt">When it was asked for.</param>
/// <param name="DiedAt">When it was given up.</param>
public sealed record DeadLetter(
    long Id, string Tenant, string Kind, string Key, Guid? ConnectorId, int Attempts, string Code, string? Detail,
    DateTimeOffset CreatedAt, DateTimeOffset DiedAt);

/// <summary>Dead letters to try again.</summary>
/// <param name="Ids">1 to 1,000 ids.</param>
public sealed record RetryDeadLettersInput(IReadOnlyList<long> Ids);

/// <summary>How many dead letters live again.</summary>
/// <param name="Retried">Those of the ids that were dead.</param>
public sealed record RetriedDeadLetters(int Retried);

/// <summary>The work that was given up, of all tenants.</summary>
public sealed class DeadLetters(Postgres postgres, WorkQueue queue)
{
    private const int MaxIds = 1_000;

    /// <summary>The dead letters, in the order of their ids.</summary>
    public async Task<Page<DeadLetter, long>> List(string? tenant, string? kind, PageRequest<long> page, CancellationToken cancel)
    {
        await using var session = await postgres.System(cancel);
        var rows = await queue.Dead(session, tenant, kind, page.After?.Id ?? 0, page.Limit + 1, cancel);
        var letters = rows.ConvertAll(d => new DeadLetter(
            d.Id, d.Tenant, d.Kind, d.Key, d.Lane, d.Attempts, d.Code, d.Detail, d.CreatedAt, d.DiedAt));
        return Page.Of(letters, page, d => new Position<long>(d.DiedAt, d.Id));
    }

    /// <summary>Lets dead letters live again, with all their attempts.</summary>
    public async Task<Outcome<RetriedDeadLetters>> Retry(Administrator administrator, RetryDeadLettersInput input, CancellationToken cancel)
    {
        if (input.Ids.Count is 0 or > MaxIds)
            return new Failure.Invalid("/ids", "invalid_count", $"Name 1 to {MaxIds} ids.");
        await using var session = await postgres.System(cancel);
        var retried = await queue.Replay(session, input.Ids, cancel);
        await session.Execute(AuditTrail.Entry(administrator.Actor, null, "work_items.retried", "ids", input), cancel);
        await session.Commit(cancel);
        return new RetriedDeadLetters(retried);
    }
}
