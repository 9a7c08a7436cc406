using System.Text;
using QualityIngest.Domain.Formats.Feeds;

namespace QualityIngest.Domain.Feeds;

/// <summary>A message on its way to the staging table.</summary>
internal readonly record struct StagedMessage(Guid Conversation, FeedRow Row, int Bytes)
{
    /// <summary>What a message measures beside its text and its attributes; <c>MeasureStaged.sql</c> says the same.</summary>
    private const int FixedBytes = 64;

    private const int IdColumn = 0, SenderColumn = 1, RoleColumn = 2, TextColumn = 3, AtColumn = 4;

    public string ExternalId => Value(IdColumn);

    public string Sender => Value(SenderColumn);

    public string Role => Value(RoleColumn);

    public string Text => Value(TextColumn);

    public long AtUs => (((DateTimeOffset)Row.Values[AtColumn]!).UtcTicks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    public bool OutsideDate => Row.Warnings.Contains(FeedWarnings.OutsideDate);

    public static StagedMessage Of(string tenant, string @namespace, FeedRow row)
    {
        var bytes = Encoding.UTF8.GetByteCount((string)row.Values[TextColumn]!) + (row.Attributes is { } json ? Encoding.UTF8.GetByteCount(json) : 0);
        return new(Ids.Conversation(tenant, @namespace, "", (string)row.Values[IdColumn]!), row, bytes + FixedBytes);
    }

    private string Value(int column) => (string)Row.Values[column]!;
}
