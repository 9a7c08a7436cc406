using QualityIngest.TestKit;

namespace QualityIngest.Database.Tests.Work;

/// <summary>A queue, and a kind and a tenant of one's own in it.</summary>
public abstract class WorkFacts(TestDatabase database)
{
    protected static readonly CancellationToken Never = CancellationToken.None;

    protected TestDatabase Database { get; } = database;

    protected string Tenant { get; } = "t-" + Guid.NewGuid().ToString("n")[..8];

    protected string Kind { get; } = "kind-" + Guid.NewGuid().ToString("n")[..8];

    protected WorkQueue Queue => new(Database.Postgres, new WorkOptions());

    protected NewWorkItem New(string key, string payload = "{}", Guid? lane = null) => new(Kind, key, lane, payload);

    /// <summary>A lane of this test's own.</summary>
    protected Guid Lane(int number) => Guid.Parse(Kind[5..] + $"-0000-4000-8000-{number:000000000000}");

    protected Task Enqueue(params NewWorkItem[] items) => In(session => Queue.Enqueue(session, Tenant, items, Never));

    protected async Task<WorkItem> ClaimOne() => Assert.Single(await Queue.Claim(Kind, 1, Never));

    protected async Task In(Func<Session, Task> work)
    {
        await using var session = await Database.Postgres.Pipeline(Tenant, Never);
        await work(session);
        await session.Commit(Never);
    }

    /// <summary>Lets time pass for this test's items: their times move into the past.</summary>
    protected Task Shift(TimeSpan by) => In(session => session.Execute(
        new Statement("update work_items set available_at = available_at - $2, lease_until = lease_until - $2 where kind = $1", Kind, by), Never));

    protected async Task<long> Count()
    {
        await using var session = await Database.Postgres.System(Never);
        return await session.Scalar<long>(new Statement("select count(*) from work_items where kind = $1", Kind), Never);
    }
}
