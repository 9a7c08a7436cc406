namespace QualityIngest.Database;

/// <summary>A work item that was given up.</summary>
/// <param name="Attempts">Claims until it was given up.</param>
/// <param name="DiedAt">When it was given up.</param>
public sealed record DeadItem(
    long Id, string Tenant, string Kind, string Key, Guid? Lane, string Payload, int Attempts,
    string Code, string? Detail, DateTimeOffset CreatedAt, DateTimeOffset DiedAt);

/// <summary>How much work of one kind there is.</summary>
/// <param name="Due">Items that could be claimed now.</param>
/// <param name="Later">Items that wait for their time: delayed, or backing off.</param>
/// <param name="Closed">Items that wait in closed lanes.</param>
/// <param name="Running">Items that are claimed.</param>
/// <param name="Dead">Items that were given up.</param>
/// <param name="OldestSeconds">How long the oldest due item has been due, in seconds.</param>
public sealed record WorkBacklog(string Kind, long Due, long Later, long Closed, long Running, long Dead, double OldestSeconds);
