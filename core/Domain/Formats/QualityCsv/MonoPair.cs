using System.Security.Cryptography;
using System.Text;

namespace QualityIngest.Domain.Formats;

/// <summary>
/// The two sides of a mono conversation, which may stand in two rows: what the rows share, where they disagree, and the one
/// row that they are together. Only rows of recording type mono are meant.
/// </summary>
internal static class MonoPair
{
    /// <summary>The side that a row is alone in having; null where it has both.</summary>
    public static MonoSide? OnlySide(ParsedConversation row) =>
        row.AgentRecording is null ? MonoSide.Customer : row.CustomerRecording is null ? MonoSide.Agent : null;

    /// <summary>The other party.</summary>
    public static MonoSide Other(MonoSide side) => side is MonoSide.Agent ? MonoSide.Customer : MonoSide.Agent;

    /// <summary>Where a row says that a side's recording lies; null where it says nothing.</summary>
    public static string? Recording(ParsedConversation row, MonoSide side) =>
        side is MonoSide.Agent ? row.AgentRecording : row.CustomerRecording;

    /// <summary>The column of a side's recording.</summary>
    public static string Column(MonoSide side) =>
        (side is MonoSide.Agent ? QualityColumn.AgentRecordings : QualityColumn.CustomerRecordings).Name();

    /// <summary>
    /// The fields of an arrived row that contradict the stored one. What one of them leaves out is no contradiction, and
    /// columns that the format does not know may differ from side to side.
    /// </summary>
    public static IReadOnlyList<RowError> Conflicts(ParsedConversation stored, ParsedConversation arrived)
    {
        var conflicts = new List<RowError>();
        Compare(QualityColumn.QueueId, stored.QueueId, arrived.QueueId);
        Compare(QualityColumn.AgentEmail, stored.AgentEmail, arrived.AgentEmail);
        Compare(QualityColumn.ConversationStartTime, Time(stored.StartedAt), Time(arrived.StartedAt));
        Compare(QualityColumn.ConversationEndTime, Time(stored.EndedAt), Time(arrived.EndedAt));
        Compare(QualityColumn.AgentId, stored.AgentId, arrived.AgentId);
        Compare(QualityColumn.Language, Language(stored), Language(arrived), StringComparison.OrdinalIgnoreCase);
        Compare(QualityColumn.AsrProvider, stored.AsrProvider, arrived.AsrProvider);
        return conflicts;

        void Compare(QualityColumn column, string? known, string? said, StringComparison comparison = StringComparison.Ordinal)
        {
            if (known is null || said is null || string.Equals(known, said, comparison)) return;
            conflicts.Add(new(column.Name(), RowCodes.CounterpartConflict,
                $"{column.Name()} is {Quotation.Of(said)}; the conversation's other row says {Quotation.Of(known)}."));
        }
    }

    /// <summary>Whether a row that contradicts nothing has nothing to add either.</summary>
    public static bool SaysNothingNew(ParsedConversation stored, ParsedConversation arrived) =>
        IsKnown(stored.AgentRecording, arrived.AgentRecording)
        && IsKnown(stored.CustomerRecording, arrived.CustomerRecording)
        && IsKnown(stored.AgentId, arrived.AgentId)
        && IsKnown(Language(stored), Language(arrived), StringComparison.OrdinalIgnoreCase)
        && IsKnown(stored.AsrProvider, arrived.AsrProvider)
        && arrived.Attributes.All(stored.Attributes.Contains);

    /// <summary>Both sides as one row: the same, whichever of them came first.</summary>
    /// <param name="agent">The row that has the agent's side.</param>
    /// <param name="customer">The row that has the customer's side.</param>
    public static ParsedConversation Join(ParsedConversation agent, ParsedConversation customer) =>
        Hashed((agent.LanguageAssumed ? InLanguageOf(agent, customer) : agent) with
        {
            AgentId = agent.AgentId ?? customer.AgentId,
            AsrProvider = agent.AsrProvider ?? customer.AsrProvider,
            CustomerRecording = customer.CustomerRecording,
            Attributes = [.. agent.Attributes, .. customer.Attributes.Except(agent.Attributes)],
            Warnings = [.. agent.Warnings.Union(customer.Warnings)],
        });

    /// <summary>A row of one side that takes its predecessor's place in a pair: what it leaves out stays.</summary>
    public static ParsedConversation Replace(ParsedConversation stored, ParsedConversation arrived) =>
        Hashed((arrived.LanguageAssumed ? InLanguageOf(arrived, stored) : arrived) with
        {
            AgentId = arrived.AgentId ?? stored.AgentId,
            AsrProvider = arrived.AsrProvider ?? stored.AsrProvider,
            AgentRecording = arrived.AgentRecording ?? stored.AgentRecording,
            CustomerRecording = arrived.CustomerRecording ?? stored.CustomerRecording,
            Attributes =
            [
                .. arrived.Attributes,
                .. stored.Attributes.Where(known => !arrived.Attributes.Any(said => string.Equals(said.Key, known.Key, StringComparison.OrdinalIgnoreCase))),
            ],
            Warnings = [.. arrived.Warnings.Union(stored.Warnings)],
        });

    private static ParsedConversation InLanguageOf(ParsedConversation row, ParsedConversation other) =>
        row with { Language = other.Language, LanguageBase = other.LanguageBase, LanguageAssumed = other.LanguageAssumed };

    /// <summary>The row with the hash of what it says, wherever its parts stand.</summary>
    private static ParsedConversation Hashed(ParsedConversation row)
    {
        var content = DomainJson.Write(row with { Line = 0, Counterpart = null, ContentHash = "" });
        return row with { ContentHash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content))) };
    }

    private static bool IsKnown(string? known, string? said, StringComparison comparison = StringComparison.Ordinal) =>
        said is null || string.Equals(known, said, comparison);

    private static string? Language(ParsedConversation row) => row.LanguageAssumed ? null : row.Language;

    private static string Time(DateTimeOffset moment) => moment.UtcDateTime.ToString("O");
}
