using QualityIngest.Database;
using QualityIngest.Domain.Formats;

namespace QualityIngest.Domain.Conversations;

/// <summary>One recording of a revision: where it was found, and which connector's source it was read with.</summary>
internal sealed record RevisionMedia(RecordingPlace Place, Guid Connector, Guid Source)
{
    /// <summary>The recordings of a revision, whose rows the conversation's events name; empty where none was measured.</summary>
    public static async Task<IReadOnlyList<RevisionMedia>> Of(
        TenantSession session, EventStore.EventStore events, Guid conversation, int revision, CancellationToken cancel)
    {
        var json = await session.Scalar<string>(
            new Statement(
                "select media from conversation_contents where tenant_id = $1 and conversation_id = $2 and revision = $3",
                session.Tenant, conversation, revision),
            cancel);
        if (json is null)
            return [];
        var parts = Parts(await events.FetchStream(session.Transaction, session.Tenant, conversation, cancel), conversation, revision);
        var sources = (await session.Query(
                new Statement("select id, source_id from files where id = any($1)", parts.Select(part => part.Origin.FileId).ToArray()),
                row => (File: row.GetGuid(0), Source: row.GetGuid(1)), cancel))
            .ToDictionary(file => file.File, file => file.Source);
        return
        [
            .. from place in DomainJson.Read<IReadOnlyList<RecordingPlace>>(json)
               let part = parts.FirstOrDefault(part => IsOf(part.Side, place.Side)) ?? parts[0]
               select new RevisionMedia(place, part.ConnectorId, sources[part.Origin.FileId]),
        ];
    }

    /// <summary>The rows that the revision ended up with.</summary>
    private static IReadOnlyList<RevisionPart> Parts(IEnumerable<EventStore.StoredEvent> events, Guid conversation, int revision)
    {
        var state = new ConversationState { Id = conversation };
        foreach (var stored in events)
        {
            var next = ConversationState.Apply(state, stored.Data);
            if (next.Revision > revision)
                break;
            state = next;
        }

        return state.Parts;
    }

    private static bool IsOf(MonoSide? row, RecordingSide recording) => (row, recording) switch
    {
        (MonoSide.Agent, RecordingSide.Agent) or (MonoSide.Customer, RecordingSide.Customer) => true,
        _ => row is null,
    };
}
