using Npgsql;
using QualityIngest.Database;
using QualityIngest.Domain.Conversations;

namespace QualityIngest.Domain.Feeds;

/// <summary>Reads what the shown imports of all feeds tell of conversations whose streams the caller has locked.</summary>
internal static class FactReader
{
    /// <summary>What the messages of these conversations measure; those without messages are absent.</summary>
    public static async Task<IReadOnlyDictionary<Guid, long>> Sizes(
        PipelineSession session, IReadOnlyList<FeedConversation> conversations, CancellationToken cancel)
    {
        var sizes = await session.Query(
            Statement.File<FeedFold>("Feeds/Folding/VisibleSizes.sql", session.Tenant, Ids(conversations)),
            row => (Id: row.GetGuid(0), Bytes: row.GetInt64(1)), cancel);
        return sizes.ToDictionary(size => size.Id, size => size.Bytes);
    }

    /// <summary>The facts of these conversations, in their order.</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="namespace">The namespace of the conversations.</param>
    /// <param name="conversations">Which ones.</param>
    /// <param name="tooLarge">Those whose messages are not to be read.</param>
    /// <param name="cancel">Ends it.</param>
    public static async Task<IReadOnlyList<FeedFacts>> Read(
        PipelineSession session, string @namespace, IReadOnlyList<FeedConversation> conversations, IReadOnlyCollection<Guid> tooLarge,
        CancellationToken cancel)
    {
        var parts = await session.Query(
            Statement.File<FeedFold>("Feeds/Folding/VisibleParts.sql", session.Tenant, Ids(conversations), tooLarge.ToArray()), Part, cancel);
        var recordings = await session.Query(
            Statement.File<FeedFold>("Feeds/Folding/LatestRecordings.sql", session.Tenant, Ids(conversations)), Recording, cancel);
        var calls = await session.Query(
            Statement.File<FeedFold>("Feeds/Folding/LatestCalls.sql", session.Tenant, @namespace, conversations.Select(c => c.ExternalId).ToArray()),
            row => (ExternalId: row.GetString(0), Call: new FeedCall(Time(row, 1), Time(row, 2), Time(row, 3))), cancel);

        var (said, recorded, called) = (
            parts.ToLookup(part => part.Id, part => part.Part),
            recordings.ToDictionary(recording => recording.Id, recording => recording.Recording),
            calls.ToDictionary(call => call.ExternalId, call => call.Call));
        return [.. conversations.Select(c => new FeedFacts(
            c, [.. said[c.Id]], recorded.GetValueOrDefault(c.Id), called.GetValueOrDefault(c.ExternalId)))];
    }

    private static (Guid Id, FeedPart Part) Part(NpgsqlDataReader row) => (
        row.GetGuid(0),
        new(
            new(row.GetGuid(1), row.GetString(2), row.GetString(3), Time(row, 4), row.GetInt64(5)), row.GetGuid(6), Time(row, 7), Time(row, 8),
            row.GetInt32(9), row.GetInt64(10), row.GetFieldValue<string[]>(11), row.IsDBNull(12) ? null : row.GetFieldValue<byte[]>(12)));

    private static (Guid Id, FeedSound Recording) Recording(NpgsqlDataReader row) => (
        row.GetGuid(0),
        new(new(row.GetGuid(1), row.GetString(2), row.GetString(3), Time(row, 4), Line: 1), row.GetGuid(5)));

    private static DateTimeOffset Time(NpgsqlDataReader row, int column) => row.GetFieldValue<DateTimeOffset>(column);

    private static Guid[] Ids(IReadOnlyList<FeedConversation> conversations) => [.. conversations.Select(conversation => conversation.Id)];
}
