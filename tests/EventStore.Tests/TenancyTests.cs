using Npgsql;
using QualityIngest.TestKit;

namespace QualityIngest.EventStore.Tests;

public sealed class TenancyTests(TestDatabase database) : StoreTests(database)
{
    [SkippableFact]
    public async Task A_request_appends_and_reads_through_row_level_security()
    {
        var stream = Guid.NewGuid();
        await using (var request = await Request(Tenant))
        {
            await Events.Store().Append(request.Transaction, Tenant, [Events.Open(stream)], Cancel);
            await request.Commit();
        }

        await using (var request = await Request(Tenant))
        {
            var locked = await Events.Store().Lock(request.Transaction, Tenant, [stream], Cancel);
            await Events.Store().Append(request.Transaction, Tenant, [Events.Note(stream, locked[stream].Version)], Cancel);
            Assert.Equal(2, (await Events.Store().FetchStream(request.Transaction, Tenant, stream, Cancel)).Count);
            await request.Commit();
        }

        Assert.Equal(2, (await Fetch(stream)).Count);
    }

    [SkippableFact]
    public async Task A_request_may_append_more_than_COPY_would_be_used_for()
    {
        var stream = Guid.NewGuid();
        await using var request = await Request(Tenant);
        await Events.Store().Append(request.Transaction, Tenant, [Events.Open(stream), Events.Note(stream, 1, 200)], Cancel);
        await request.Commit();

        Assert.Equal(Enumerable.Range(1, 201).Select(n => (long)n), (await Fetch(stream)).Select(e => e.Version));
    }

    [SkippableFact]
    public async Task A_stale_request_is_refused()
    {
        var stream = Guid.NewGuid();
        await Append(Events.Store(), Events.Open(stream));
        await using var request = await Request(Tenant);
        await Assert.ThrowsAsync<ConcurrencyException>(() => Events.Store().Append(request.Transaction, Tenant, [Events.Open(stream)], Cancel));
    }

    [SkippableFact]
    public async Task Two_tenants_streams_of_one_id_are_two_streams()
    {
        var stream = Guid.NewGuid();
        await Append(Events.Store(), Events.Open(stream, "ours", new Noted(1)));
        await using (var writer = await Begin())
        {
            Assert.Empty(await Events.Store().Lock(writer.Transaction, "other", [stream], Cancel));
            await Events.Store().Append(writer.Transaction, "other", [Events.Open(stream, "theirs")], Cancel);
            await writer.Commit();
        }

        Assert.Equal(2, (await Fetch(stream)).Count);
        Assert.Equal("theirs", ((Opened)Assert.Single(await Fetch(stream, "other")).Data).Title);
    }

    [SkippableFact]
    public async Task A_request_sees_and_touches_no_other_tenants_stream()
    {
        var stream = Guid.NewGuid();
        await Append(Events.Store(), Events.Open(stream));

        await using var request = await Request("other");
        Assert.Empty(await Events.Store().FetchStream(request.Transaction, Tenant, stream, Cancel));
        Assert.Empty(await Events.Store().Lock(request.Transaction, Tenant, [stream], Cancel));
        var refused = await Assert.ThrowsAsync<PostgresException>(() =>
            Events.Store().Append(request.Transaction, Tenant, [Events.Open(Guid.NewGuid())], Cancel));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    [SkippableFact]
    public async Task A_session_without_a_tenant_sees_nothing()
    {
        var stream = Guid.NewGuid();
        await Append(Events.Store(), Events.Open(stream));
        await using var request = await Request("");
        Assert.Empty(await Events.Store().FetchStream(request.Transaction, Tenant, stream, Cancel));
    }

    [SkippableFact]
    public async Task A_request_changes_and_deletes_no_event()
    {
        foreach (var sql in (string[])["update events.mt_events set type = 'x'", "delete from events.mt_events", "delete from events.mt_streams"])
        {
            await using var request = await Request(Tenant);
            var refused = await Assert.ThrowsAsync<PostgresException>(() => request.Execute(sql));
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
        }
    }

    private async Task<Writer> Request(string tenant)
    {
        var request = await Begin();
        await request.Execute("set local role qi_request");
        await request.Execute("select set_config('qi.tenant', $1, true)", tenant);
        return request;
    }
}
