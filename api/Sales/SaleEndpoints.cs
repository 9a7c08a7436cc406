using QualityIngest.Api.Http;
using QualityIngest.Domain.Feeds.Sales;
using QualityIngest.Domain.Tenants;

namespace QualityIngest.Api.Sales;

/// <summary>Sales: what feeds of sales tell.</summary>
public static class SaleEndpoints
{
    /// <summary>Maps the tag Sales.</summary>
    public static void MapSales(this IEndpointRouteBuilder v1)
    {
        var sales = v1.MapGroup("/sales").WithTag("Sales", "What feeds tell of sales, attributed to conversations and customers.").RequireScope(Scopes.ConversationsRead);
        sales.MapGet("", ListSales);
        sales.MapGet("/{id:guid}", GetSale);
    }

    /// <summary>Lists the sales, latest first.</summary>
    public static async Task<Ok<Listing<Sale>>> ListSales(
        [AsParameters] SaleQuery query, Paging<Guid> paging, Caller caller, SaleDirectory sales, CancellationToken cancel) =>
        (await sales.List(caller, query.Filter, paging.Page, cancel)).Listing(paging);

    /// <summary>Gets a sale.</summary>
    public static async Task<Ok<Sale>> GetSale(Guid id, Caller caller, SaleDirectory sales, CancellationToken cancel) =>
        (await sales.Get(caller, id, cancel)).Ok();
}
