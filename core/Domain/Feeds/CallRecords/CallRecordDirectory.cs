using QualityIngest.Database;
using QualityIngest.Domain.Tenants;

namespace QualityIngest.Domain.Feeds.CallRecords;

/// <summary>A tenant's call records: those of the imports that are shown.</summary>
public sealed class CallRecordDirectory(Postgres postgres)
{
    /// <summary>The call records, latest begun first.</summary>
    public async Task<Page<CallRecord, Guid>> List(Caller caller, CallRecordFilter filter, PageRequest<Guid> page, CancellationToken cancel)
    {
        await using var session = await postgres.Tenant(caller.Tenant, cancel);
        NamedConversation? about = null;
        if (filter.ConversationId is { } conversation)
        {
            about = await NamedConversation.Find(session, conversation, cancel);
            if (about is null || (filter.ExternalConversationId ?? about.ExternalId) != about.ExternalId)
                return new([], null);
        }

        var rows = await session.Query(filter.ToStatement(null, about, page.After?.At, page.After?.Id, page.Limit + 1), CallRecord.Read, cancel);
        return Page.Of([.. rows.Select(record => record.For(caller))], page, record => new Position<Guid>(record.CallStart, record.Id));
    }

    /// <summary>One call record.</summary>
    public async Task<Outcome<CallRecord>> Get(Caller caller, Guid id, CancellationToken cancel)
    {
        await using var session = await postgres.Tenant(caller.Tenant, cancel);
        return await session.First(new CallRecordFilter().ToStatement(id, null, null, null, 1), CallRecord.Read, cancel) is { } record
            ? record.For(caller)
            : new Failure.NotFound();
    }
}
