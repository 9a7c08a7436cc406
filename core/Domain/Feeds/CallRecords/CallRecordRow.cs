using QualityIngest.Domain.Formats.Feeds;

namespace QualityIngest.Domain.Feeds.CallRecords;

/// <summary>A row of call center data that is known by its identity.</summary>
/// <param name="Id">Derived from it.</param>
/// <param name="ConversationId">The conversation that its external id stands for among the namespace's feeds; null: it names none.</param>
/// <param name="Words">What it says.</param>
/// <param name="Line">Where it stands.</param>
/// <param name="Warnings">Codes of what was noticed.</param>
internal sealed record CallRecordRow(Guid Id, Guid? ConversationId, CallRecordWords Words, long Line, IReadOnlyList<string> Warnings)
{
    private static readonly int Customer = FeedSchema.CallCenterIssues.IndexOf("customer_id");
    private static readonly int Conversation = FeedSchema.CallCenterIssues.IndexOf("conversation_id");
    private static readonly int Start = FeedSchema.CallCenterIssues.IndexOf("call_start");

    /// <summary>
    /// The row under its identity: its conversation's external id, or where that is empty its customer and its start. Both are
    /// the namespace's and not the feed's, because that is what an external id means: a call that two feeds of the namespace
    /// tell of is one conversation, and so one call.
    /// </summary>
    public static CallRecordRow Of(string tenant, string @namespace, FeedRow row)
    {
        var values = row.Values.ToArray();
        if (values[Conversation] is string { Length: > 0 } conversation)
            return new(Ids.CallRecord(tenant, @namespace, conversation), Ids.Conversation(tenant, @namespace, "", conversation), new(values, row.Attributes), row.Line, row.Warnings);

        values[Conversation] = null;
        var id = Ids.CallRecord(tenant, @namespace, (string)values[Customer]!, (DateTimeOffset)values[Start]!);
        return new(id, null, new(values, row.Attributes), row.Line, row.Warnings);
    }
}

/// <summary>What a call record says: rows of one identity are told apart by it.</summary>
/// <param name="Values">One a column of the schema.</param>
/// <param name="Attributes">The text of one JSON object of what the schema does not know; null: nothing.</param>
internal sealed record CallRecordWords(IReadOnlyList<object?> Values, string? Attributes)
{
    /// <summary>Whether both say the same.</summary>
    public bool Same(CallRecordWords other) => Attributes == other.Attributes && Values.SequenceEqual(other.Values);
}
