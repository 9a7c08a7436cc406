using Npgsql;
using QualityIngest.Domain.Tenants;

namespace QualityIngest.Domain.Feeds.CallRecords;

/// <summary>A call as a feed of call center data tells of it, under the names that the feed has for its columns.</summary>
/// <param name="Id">Its id, derived from its identity: the same whichever batch tells of it.</param>
/// <param name="ConversationId">The conversation that it is about; null: none, or more than one (see the warnings).</param>
/// <param name="ExternalConversationId">The source's own id of the conversation.</param>
/// <param name="ConnectorId">The connector that brought it.</param>
/// <param name="BatchId">The batch that tells of it: of several the latest.</param>
/// <param name="FileId">The file that its row stands in.</param>
/// <param name="Line">The row's line.</param>
/// <param name="CustomerId">The source's own id of the customer.</param>
/// <param name="CallStart">When the call began.</param>
/// <param name="CallEnd">When it ended.</param>
/// <param name="CallAssignedToAgent">When an agent got it.</param>
/// <param name="CustomerType">The source's word for the kind of customer.</param>
/// <param name="SurveyOffered">Whether a survey was offered.</param>
/// <param name="SurveyTaken">Whether it was taken.</param>
/// <param name="SurveyAnswer">What was answered. Null too for a key without <c>transcripts:read</c>.</param>
/// <param name="TollFreeNumber">The number that was called, or the campaign that led to the call.</param>
/// <param name="IvrIntent">What the caller wanted of the voice menu.</param>
/// <param name="IvrResolved">Whether the voice menu settled it.</param>
/// <param name="IvrAbandoned">Whether the caller hung up in the voice menu.</param>
/// <param name="AgentQueueAssigned">The queue that the call was put into.</param>
/// <param name="TimeInQueue">How long it waited there; seconds.</param>
/// <param name="QueueAbandoned">Whether the caller hung up there.</param>
/// <param name="CallHandleTime">From an agent's getting it to its end; seconds.</param>
/// <param name="CallWrapTime">From its end to the end of the agent's work on it; seconds.</param>
/// <param name="Transfer">The queue that it was passed on to; null: it was not.</param>
/// <param name="DispositionCategory">What came of it.</param>
/// <param name="DispositionNotes">What the agent noted about that. Null too for a key without <c>transcripts:read</c>.</param>
/// <param name="TransactionCompleted">What the agent completed for the customer.</param>
/// <param name="CallerAccountValue">What the customer's account is worth.</param>
/// <param name="Lists">The values of columns for which the connector names a delimiter, by the columns' names.</param>
/// <param name="Attributes">What the row has beside these columns, as written: one JSON object. Null too for a key without <c>transcripts:read</c>.</param>
/// <param name="Warnings">Codes of what was noticed.</param>
public sealed record CallRecord(
    Guid Id, Guid? ConversationId, string? ExternalConversationId, Guid ConnectorId, Guid BatchId, Guid FileId, long Line,
    string CustomerId, DateTimeOffset CallStart, DateTimeOffset CallEnd, DateTimeOffset? CallAssignedToAgent, string? CustomerType,
    bool? SurveyOffered, bool? SurveyTaken, string? SurveyAnswer, string? TollFreeNumber, string? IvrIntent, bool? IvrResolved, bool? IvrAbandoned,
    string? AgentQueueAssigned, long? TimeInQueue, bool? QueueAbandoned, long? CallHandleTime, long? CallWrapTime, string? Transfer,
    string? DispositionCategory, string? DispositionNotes, string? TransactionCompleted, decimal? CallerAccountValue,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Lists, RawJson? Attributes, IReadOnlyList<string> Warnings)
{
    /// <summary>What of it a caller may see: what people said or wrote is content, like a transcript.</summary>
    internal CallRecord For(Caller caller) => caller.Scopes.Contains(Scopes.TranscriptsRead)
        ? this
        : this with
        {
            SurveyAnswer = null,
            DispositionNotes = null,
            Attributes = null,
            Lists = Lists.Where(list => list.Key is not ("survey_answer" or "disposition_notes")).ToDictionary(),
        };

    /// <summary>Reads a row of <c>Feeds/CallRecords/List.sql</c>.</summary>
    internal static CallRecord Read(NpgsqlDataReader row)
    {
        var cells = new FeedCells(row);
        return new(
            cells.Id(), cells.Conversation(), cells.Text(), cells.Id(), cells.Id(), cells.Id(), cells.Number(),
            cells.Required(), cells.Moment(), cells.Moment(), cells.Maybe<DateTimeOffset>(), cells.Text(),
            cells.Maybe<bool>(), cells.Maybe<bool>(), cells.Text(), cells.Text(), cells.Text(), cells.Maybe<bool>(), cells.Maybe<bool>(),
            cells.Text(), cells.Maybe<long>(), cells.Maybe<bool>(), cells.Maybe<long>(), cells.Maybe<long>(), cells.Text(),
            cells.Text(), cells.Text(), cells.Text(), cells.Maybe<decimal>(),
            cells.Lists(), cells.Json(), cells.Warnings());
    }
}
