using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using QualityIngest.Database;
using QualityIngest.Domain.Ingest;
using QualityIngest.TestKit;

namespace QualityIngest.Domain.Tests.Ingest;

/// <summary>What a loop makes of work that could not be done.</summary>
public sealed class WorkLoopTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [SkippableFact]
    public async Task Work_that_waited_for_others_in_vain_comes_again_with_all_its_attempts()
    {
        TestDatabase.Require();
        var tenant = $"t-{Guid.NewGuid():n}";
        await using var holder = await database.Postgres.Pipeline(tenant, default);
        await holder.Execute(new Statement("insert into tenants (id, name, external_id) values ($1, 'T', 'x')", tenant), default);
        var queue = new WorkQueue(database.Postgres, new WorkOptions { MaxAttempts = 2 });
        await using (var session = await database.Postgres.Pipeline(tenant, default))
        {
            await queue.Enqueue(session, tenant, [new(Blocked.Name, "k", null, "{}")], default);
            await session.Commit(default);
        }

        var step = new Blocked(database.Postgres, queue);
        using var loop = new WorkLoop<Blocked>(
            step, queue, database.Postgres, Options.Create(new IngestOptions { Poll = TimeSpan.FromMilliseconds(20) }),
            NullLogger<WorkLoop<Blocked>>.Instance);
        await loop.StartAsync(default);
        await Until(async () => step.Runs > 0 && await Work(tenant) == "available 0");
        await holder.Transaction.RollbackAsync();

        await Until(async () => await Work(tenant) is null);
        await loop.StopAsync(default);
    }

    private async Task<string?> Work(string tenant)
    {
        await using var session = await database.Postgres.Pipeline(tenant, default);
        return await session.Scalar<string>(
            new Statement("select state || ' ' || attempts from work_items where tenant_id = $1", tenant), default);
    }

    private static async Task Until(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await condition())
            await Task.Delay(20, patience.Token);
    }

    /// <summary>Work that needs a name which another transaction is about to take.</summary>
    private sealed class Blocked(Postgres postgres, WorkQueue queue) : IWorkStep
    {
        public const string Name = "blocked";

        public int Runs { get; private set; }

        public string Kind => Name;

        public int Batch => 1;

        public int Concurrency => 1;

        public async Task Run(IReadOnlyList<WorkItem> items, CancellationToken cancel)
        {
            Runs++;
            await using var session = await postgres.Pipeline(items[0].Tenant, cancel);
            await session.Execute(new Statement("set local lock_timeout = 50"), cancel);
            await session.Execute(new Statement("insert into tenants (id, name, external_id) values ($1, 'T', 'x')", items[0].Tenant), cancel);
            await queue.Complete(session, items, cancel);
            await session.Commit(cancel);
        }

        public Task GiveUp(WorkItem item, CancellationToken cancel) => throw new InvalidOperationException("It has not failed.");
    }
}
