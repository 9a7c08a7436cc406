using System.Security.Cryptography;
using System.Text;
using QualityIngest.Database;
using QualityIngest.Domain.Feeds.CallRecords;
using QualityIngest.Domain.Feeds.Sales;
using QualityIngest.Domain.Tenants;

namespace QualityIngest.Domain.Feeds;

/// <summary>What feeds tell of one conversation beside what was said.</summary>
/// <param name="CallRecords">Call records about it, latest begun first, at most <see cref="Most"/>.</param>
/// <param name="Sales">Sales that name it, latest first, at most <see cref="Most"/>.</param>
internal sealed record JoinedRows(IReadOnlyList<CallRecord> CallRecords, IReadOnlyList<Sale> Sales)
{
    /// <summary>The most rows of a kind; the lists have all.</summary>
    public const int Most = 100;

    private static readonly JoinedRows None = new([], []);

    /// <summary>What the rows say, in short; null: there are none.</summary>
    public string? Digest => CallRecords is [] && Sales is []
        ? null
        : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(DomainJson.Write((object[])[CallRecords, Sales]))).AsSpan(0, 8));

    /// <summary>The rows that are joined to a conversation.</summary>
    public static async Task<JoinedRows> Of(Session session, Caller caller, Guid conversation, CancellationToken cancel)
    {
        if (await NamedConversation.Find(session, conversation, cancel) is not { } about)
            return None;
        var records = await session.Query(new CallRecordFilter().ToStatement(null, about, null, null, Most), CallRecord.Read, cancel);
        var sales = await session.Query(new SaleFilter().ToStatement(null, about, null, null, Most), Sale.Read, cancel);
        return new([.. records.Select(record => record.For(caller))], [.. sales.Select(sale => sale.For(caller))]);
    }
}
