using QualityIngest.Database;
using QualityIngest.Domain.Scheduling;
using QualityIngest.Domain.Tenants;

namespace QualityIngest.Domain.Connectors;

/// <summary>A connector's schedule and when it fires.</summary>
/// <param name="Schedule">The schedule; null: manual refreshes only.</param>
/// <param name="Next">The next five times at which it fires.</param>
/// <param name="Version">The connector's version: the ETag.</param>
public sealed record ScheduleView(Schedule? Schedule, IReadOnlyList<DateTimeOffset> Next, long Version) : IVersioned;

/// <summary>When connectors are scanned: configuration and trigger change in one transaction.</summary>
public sealed class ConnectorSchedules(Postgres postgres, Schedules schedules, DatabaseClock clock)
{
    private const int Shown = 5;

    /// <summary>A connector's schedule.</summary>
    public async Task<Outcome<ScheduleView>> Get(Caller caller, Guid connector, CancellationToken cancel)
    {
        await using var session = await postgres.Tenant(caller.Tenant, cancel);
        return await ConnectorDirectory.Find(session, connector, cancel) is { } stored
            ? View(stored.Schedule is null ? null : DomainJson.Read<Schedule>(stored.Schedule), stored.Version)
            : new Failure.NotFound();
    }

    /// <summary>Sets a connector's only schedule, if the connector still is at the expected version.</summary>
    public async Task<Outcome<ScheduleView>> Set(
        Caller caller, Guid connector, ExpectedVersion expected, Schedule schedule, CancellationToken cancel)
    {
        if (schedule.Problems() is [_, ..] problems)
            return new Failure.Invalid([.. problems.Select(p => new FieldError($"/{p.Field}", p.Code, p.Message))]);
        return await Change(caller, connector, expected, "connector.scheduled",
            session => schedules.Set(session, caller.Tenant, connector, schedule, cancel)!, cancel);
    }

    /// <summary>Removes a connector's schedule, if the connector still is at the expected version.</summary>
    public async Task<Outcome<Done>> Remove(Caller caller, Guid connector, ExpectedVersion expected, CancellationToken cancel) =>
        (await Change(caller, connector, expected, "connector.unscheduled", async session =>
        {
            await schedules.Remove(session, connector, cancel);
            return null;
        }, cancel)).Map(_ => default(Done));

    private async Task<Outcome<ScheduleView>> Change(
        Caller caller, Guid connector, ExpectedVersion expected, string action, Func<TenantSession, Task<Schedule?>> change,
        CancellationToken cancel)
    {
        await using var session = await postgres.Tenant(caller.Tenant, cancel);
        if (await ConnectorDirectory.Find(session, connector, cancel, lockRow: true) is not { } stored)
            return new Failure.NotFound();
        if (!expected.Is(stored.Version))
            return new Failure.Stale();

        var schedule = await change(session);
        var json = schedule is null ? null : DomainJson.Write(schedule);
        await session.Execute(
            new Statement(
                "update connectors set schedule = $2, version = version + 1, updated_at = now() where id = $1",
                connector, Statement.Json(json)),
            cancel);
        await session.Execute(AuditTrail.Entry(caller.Actor, caller.Tenant, action, connector.ToString(), schedule), cancel);
        await session.Commit(cancel);
        return View(schedule, stored.Version + 1);
    }

    private ScheduleView View(Schedule? schedule, long version) => new(schedule, schedule?.Next(clock.GetUtcNow(), Shown) ?? [], version);
}
