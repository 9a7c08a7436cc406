using NpgsqlTypes;
using QualityIngest.Database;
using QualityIngest.Domain.Formats.Feeds;

namespace QualityIngest.Domain.Feeds.Sales;

/// <summary>Keeps the rows of sales.</summary>
public sealed class SaleTable : IFeedTable
{
    private const string Table = "sales";

    private static readonly FeedSchema Schema = FeedSchema.SalesMethodsAttribution;

    private static readonly string CopyRows =
        $"copy {Table} ({FeedCopy.Head}, transaction_line, {FeedColumns.Names(Schema)}) from stdin (format binary)";

    /// <inheritdoc/>
    public FeedKind Kind => FeedKind.SalesMethodsAttribution;

    /// <inheritdoc/>
    /// <remarks>No row is a duplicate: the same words again are the transaction's next line of the same product.</remarks>
    public async Task<FeedStored> Store(
        PipelineSession session, FeedImport import, BatchFile file, IReadOnlyList<FeedRow> rows, CancellationToken cancel)
    {
        var sales = SaleRow.Of(session.Tenant, import.Namespace, rows, await Lines(session, import.Id, rows, cancel));
        var lists = new FeedLists(Schema, import.Settings.Delimiters);
        await using var copy = await session.Connection.BeginBinaryImportAsync(CopyRows, cancel);
        foreach (var sale in sales)
        {
            await FeedCopy.Begin(
                copy, session.Tenant, sale.Id, import, file, sale.Row.Line, sale.Row.Warnings, sale.Row.Attributes, lists.Of(sale.Values), cancel);
            await copy.WriteAsync(sale.TransactionLine, NpgsqlDbType.Integer, cancel);
            await FeedCopy.Write(copy, sale.Values, cancel);
        }

        await copy.CompleteAsync(cancel);
        return new(sales.Count, 0, 0, []);
    }

    /// <inheritdoc/>
    public Task<long> Complete(PipelineSession session, FeedImport import, CancellationToken cancel) =>
        FeedTableRows.Count(session, Table, import.Id, cancel);

    /// <inheritdoc/>
    /// <remarks>Sales are joined to conversations when they are asked for; none is another for them.</remarks>
    public Task<IReadOnlyList<FeedConversation>> Conversations(
        PipelineSession session, IReadOnlyCollection<Guid> imports, Guid after, int limit, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<FeedConversation>>([]);

    /// <inheritdoc/>
    public Task<bool> Delete(PipelineSession session, Guid import, int limit, CancellationToken cancel) =>
        FeedTableRows.Delete(session, Table, import, limit, cancel);

    /// <summary>How many lines the import holds already of the products in these rows' transactions.</summary>
    private static async Task<IReadOnlyDictionary<SaleProduct, int>> Lines(
        PipelineSession session, Guid import, IReadOnlyList<FeedRow> rows, CancellationToken cancel)
    {
        var stored = await session.Query(
            new Statement(
                $"""
                select s.transaction_id, coalesce(s.product_id, ''), max(s.transaction_line)
                from (select $1 as tenant_id, id from unnest($2::text[]) as wanted (id) offset 0) wanted -- see docs/decisions
                cross join lateral (
                    -- By its id alone: before a table is analyzed, the rows of the whole import look as few as those of one transaction.
                    select * from {Table} where tenant_id = wanted.tenant_id and transaction_id = wanted.id offset 0
                ) s
                where s.import_id = $3
                group by 1, 2
                """,
                session.Tenant, rows.Select(row => SaleRow.ProductOf(row).Transaction).Distinct().ToArray(), import),
            row => (Product: new SaleProduct(row.GetString(0), row.GetString(1)), Line: row.GetInt32(2)), cancel);
        return stored.ToDictionary(row => row.Product, row => row.Line);
    }
}
