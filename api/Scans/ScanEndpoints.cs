using QualityIngest.Api.Http;
using QualityIngest.Domain.Scans;
using QualityIngest.Domain.Tenants;

namespace QualityIngest.Api.Scans;

/// <summary>Scans: the log of what each connector found, and when.</summary>
public static class ScanEndpoints
{
    /// <summary>Maps a connector's log, its manual refresh, and single scans.</summary>
    public static void MapScans(this IEndpointRouteBuilder v1)
    {
        var log = v1.MapGroup("/connectors/{id:guid}/scans").WithTag("Scans", "The log of what each connector found, and when.").RequireScope(Scopes.ConnectorsRead);
        log.MapGet("", ListScans);
        log.MapPost("", StartScan).RequireScope(Scopes.ConnectorsWrite)
            .Refuses("refresh_cooldown", "scan_running", "connector_disabled", "connector_suspended");

        var scans = v1.MapGroup("/scans").WithTags("Scans").RequireScope(Scopes.ConnectorsRead);
        scans.MapGet("/{id:guid}", GetScan);
        scans.MapPost("/{id:guid}/cancel", CancelScan).RequireScope(Scopes.ConnectorsWrite).Refuses("scan_ended");
    }

    /// <summary>Lists a connector's scans, latest first: counts, timings and errors.</summary>
    public static async Task<Ok<Listing<Scan>>> ListScans(
        Guid id, Paging<Guid> paging, Caller caller, ScanDirectory scans, CancellationToken cancel) =>
        (await scans.List(caller, id, paging.Page, cancel)).Map(page => new Listing<Scan>(page.Items, paging.CursorAfter(page))).Ok();

    /// <summary>Refreshes a connector by hand, at most once a minute.</summary>
    public static async Task<Created<Scan>> StartScan(Guid id, Caller caller, ScanDirectory scans, CancellationToken cancel) =>
        (await scans.Refresh(caller, id, cancel)).Created(scan => $"/v1/scans/{scan.Id}");

    /// <summary>Gets a scan.</summary>
    public static async Task<Ok<Scan>> GetScan(Guid id, Caller caller, ScanDirectory scans, CancellationToken cancel) =>
        (await scans.Get(caller, id, cancel)).Ok();

    /// <summary>Ends a running scan. What it has discovered stays.</summary>
    public static async Task<Ok<Scan>> CancelScan(Guid id, Caller caller, ScanDirectory scans, CancellationToken cancel) =>
        (await scans.Cancel(caller, id, cancel)).Ok();
}
