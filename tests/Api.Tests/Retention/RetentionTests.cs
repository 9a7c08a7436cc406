using Microsoft.Extensions.DependencyInjection;
using QualityIngest.Api.Tests.Ingest.Races;
using QualityIngest.Domain.Retention;

namespace QualityIngest.Api.Tests.Retention;

/// <summary>What is done and old is deleted once an hour; what is unfinished or young stays.</summary>
public sealed class RetentionTests(RetentionTests.Host host) : IClassFixture<RetentionTests.Host>
{
    [SkippableFact]
    public async Task What_is_done_is_kept_its_days_and_what_is_not_for_ever()
    {
        var tenant = (await host.NewTenant()).Id;
        await host.Database.Fill(tenant);

        var deleted = await Sweep();

        Assert.Equal(
            ["dead_letters 1", "deliveries 2", "idempotency_keys 1", "rejections 1", "scans 1"],
            deleted.Select(d => $"{d.Key} {d.Value}").Order(StringComparer.Ordinal));
        Assert.Equal("2", await host.Database.Left(tenant, "file_rejections", "line::text"));
        Assert.Equal("delivered young, pending old, retrying old", await host.Database.Left(tenant, "webhook_deliveries", "type"));
        Assert.Equal("", await host.Database.Left(tenant, "webhook_attempts", "number::text"));
        Assert.Equal("completed, running", await host.Database.Left(tenant, "scans", "status"));
        Assert.Equal("dead young, waiting old", await host.Database.Left(tenant, "work_items", "key"));
        Assert.Equal("1", await host.Database.Left(tenant, "idempotency_keys", "'1'"));
        Assert.All(await Sweep(), kind => Assert.Equal(0, kind.Value));
    }

    [SkippableFact]
    public async Task A_run_ends_after_its_batches_and_the_next_one_goes_on()
    {
        var tenant = (await host.NewTenant()).Id;
        await host.Database.Reject(tenant, rows: 8);

        Assert.Equal(6, (await Sweep())["rejections"]);
        Assert.Equal("7, 8", await host.Database.Left(tenant, "file_rejections", "line::text"));
        Assert.Equal(2, (await Sweep())["rejections"]);
    }

    [SkippableFact]
    public async Task Two_nodes_at_once_share_what_there_is_and_wait_for_nobody()
    {
        var tenant = (await host.NewTenant()).Id;
        await host.Database.Reject(tenant, rows: 5);

        await using (await Blocker.Hold(host.Database, "select from file_rejections where tenant_id = $1 and line = 3 for update", tenant))
        {
            var deleted = await Task.WhenAll(Sweep(), Sweep());
            Assert.Equal(4, deleted.Sum(node => node["rejections"]));
        }

        Assert.Equal("3", await host.Database.Left(tenant, "file_rejections", "line::text"));
        Assert.Equal(1, (await Sweep())["rejections"]);
    }

    [Theory]
    [InlineData(0, 0, 0, true)]
    [InlineData(1, 0, 90, false)]
    [InlineData(0, 1, 90, false)]
    [InlineData(0, 0, -1, false)]
    [InlineData(0, 0, 36_500, true)]
    public void Events_and_what_was_said_are_kept_for_ever(int events, int contents, int rejections, bool valid) =>
        Assert.Equal(valid, new RetentionOptions { Events = events, Contents = contents, Rejections = rejections }.IsValid);

    [SkippableFact]
    public async Task Nothing_is_deleted_where_nothing_is_to_be()
    {
        var tenant = (await host.NewTenant()).Id;
        await host.Database.Reject(tenant, rows: 1);
        var forEver = ActivatorUtilities.CreateInstance<RetentionSweep>(
            host.Services, Microsoft.Extensions.Options.Options.Create(new RetentionOptions { Rejections = 0, Deliveries = 0, Work = 0 }));

        Assert.Equal(["idempotency_keys"], (await forEver.Run(default)).Keys);
        Assert.Equal("1", await host.Database.Left(tenant, "file_rejections", "line::text"));
        await Sweep();
    }

    [SkippableFact]
    public async Task A_kind_that_cannot_be_deleted_keeps_no_other_from_being()
    {
        var tenant = (await host.NewTenant()).Id;
        await host.Database.Fill(tenant);
        await Run(
            """
            create function refuse() returns trigger language plpgsql as $$ begin raise exception 'not now'; end $$;
            create trigger refuse before delete on file_rejections for each row execute function refuse();
            """);

        var deleted = await Sweep();
        await Run("drop function refuse cascade");

        Assert.Equal(["dead_letters", "deliveries", "idempotency_keys", "scans"], deleted.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(1, (await Sweep())["rejections"]);
    }

    private async Task Run(string sql)
    {
        await using var command = host.Database.Source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private Task<IReadOnlyDictionary<string, long>> Sweep() => host.Services.GetRequiredService<RetentionSweep>().Run(default);

    /// <summary>The API with small batches, sending and reading nothing.</summary>
    public sealed class Host : ApiHost
    {
        /// <inheritdoc/>
        protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>
        {
            ["Ingest:Enabled"] = "false",
            ["Webhooks:Enabled"] = "false",
            ["Scheduling:Enabled"] = "false",
            ["Retention:BatchRows"] = "2",
            ["Retention:Batches"] = "3",
        };
    }
}
