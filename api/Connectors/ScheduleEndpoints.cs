using QualityIngest.Api.Http;
using QualityIngest.Domain.Connectors;
using QualityIngest.Domain.Scheduling;
using QualityIngest.Domain.Tenants;

namespace QualityIngest.Api.Connectors;

/// <summary>When connectors are scanned.</summary>
public static class ScheduleEndpoints
{
    /// <summary>Maps a connector's schedule.</summary>
    public static void MapSchedules(this IEndpointRouteBuilder v1)
    {
        var schedule = v1.MapGroup("/connectors/{id:guid}/schedule").WithTags("Connectors").RequireScope(Scopes.ConnectorsRead);
        schedule.MapGet("", GetSchedule);
        schedule.MapPut("", SetSchedule).RequireScope(Scopes.ConnectorsWrite);
        schedule.MapDelete("", RemoveSchedule).RequireScope(Scopes.ConnectorsWrite);
    }

    /// <summary>Gets a connector's schedule and the next times at which it fires.</summary>
    public static async Task<Ok<ScheduleView>> GetSchedule(
        Guid id, Caller caller, ConnectorSchedules schedules, CancellationToken cancel) =>
        (await schedules.Get(caller, id, cancel)).Ok();

    /// <summary>Sets a connector's only schedule. After downtime it fires once, not once for every time that was missed.</summary>
    public static async Task<Ok<ScheduleView>> SetSchedule(
        Guid id, IfMatch match, Schedule schedule, Caller caller, ConnectorSchedules schedules, CancellationToken cancel) =>
        (await schedules.Set(caller, id, match.Version, schedule, cancel)).Ok();

    /// <summary>Removes a connector's schedule: it is scanned by hand alone.</summary>
    public static async Task<NoContent> RemoveSchedule(
        Guid id, IfMatch match, Caller caller, ConnectorSchedules schedules, CancellationToken cancel) =>
        (await schedules.Remove(caller, id, match.Version, cancel)).NoContent();
}
