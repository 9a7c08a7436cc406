using QualityIngest.Api.Http;
using QualityIngest.Domain.Feeds.CallRecords;
using QualityIngest.Domain.Tenants;

namespace QualityIngest.Api.CallRecords;

/// <summary>Call records: what feeds of call center data tell.</summary>
public static class CallRecordEndpoints
{
    /// <summary>Maps the tag Call records.</summary>
    public static void MapCallRecords(this IEndpointRouteBuilder v1)
    {
        var records = v1.MapGroup("/call-records").WithTag("Call records", "What feeds of call center data tell of calls, joined to their conversations.").RequireScope(Scopes.ConversationsRead);
        records.MapGet("", ListCallRecords);
        records.MapGet("/{id:guid}", GetCallRecord);
    }

    /// <summary>Lists the call records, latest begun first.</summary>
    public static async Task<Ok<Listing<CallRecord>>> ListCallRecords(
        [AsParameters] CallRecordQuery query, Paging<Guid> paging, Caller caller, CallRecordDirectory records, CancellationToken cancel) =>
        (await records.List(caller, query.Filter, paging.Page, cancel)).Listing(paging);

    /// <summary>Gets a call record.</summary>
    public static async Task<Ok<CallRecord>> GetCallRecord(Guid id, Caller caller, CallRecordDirectory records, CancellationToken cancel) =>
        (await records.Get(caller, id, cancel)).Ok();
}
