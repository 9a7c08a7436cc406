using QualityIngest.Database;
using QualityIngest.Domain.Tenants;

namespace QualityIngest.Domain.Feeds.Sales;

/// <summary>A tenant's sales: those of the imports that are shown.</summary>
public sealed class SaleDirectory(Postgres postgres)
{
    /// <summary>The sales, latest first.</summary>
    public async Task<Page<Sale, Guid>> List(Caller caller, SaleFilter filter, PageRequest<Guid> page, CancellationToken cancel)
    {
        await using var session = await postgres.Tenant(caller.Tenant, cancel);
        NamedConversation? about = null;
        if (filter.ConversationId is { } conversation)
        {
            about = await NamedConversation.Find(session, conversation, cancel);
            if (about is null || (filter.IssueId ?? about.ExternalId) != about.ExternalId)
                return new([], null);
        }

        var rows = await session.Query(filter.ToStatement(null, about, page.After?.At, page.After?.Id, page.Limit + 1), Sale.Read, cancel);
        return Page.Of([.. rows.Select(sale => sale.For(caller))], page, sale => new Position<Guid>(sale.TransactionTime, sale.Id));
    }

    /// <summary>One sale.</summary>
    public async Task<Outcome<Sale>> Get(Caller caller, Guid id, CancellationToken cancel)
    {
        await using var session = await postgres.Tenant(caller.Tenant, cancel);
        return await session.First(new SaleFilter().ToStatement(id, null, null, null, 1), Sale.Read, cancel) is { } sale
            ? sale.For(caller)
            : new Failure.NotFound();
    }
}
