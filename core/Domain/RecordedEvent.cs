using System.Text.Json;
using QualityIngest.EventStore;

namespace QualityIngest.Domain;

/// <summary>One event of a file or a conversation, as its audit trail shows it.</summary>
/// <param name="Id">The event's id.</param>
/// <param name="Version">Its place in the stream, from 1.</param>
/// <param name="Type">What happened: a stable word.</param>
/// <param name="At">When it was stored.</param>
/// <param name="Data">Ids, codes, hashes and numbers; members may be added over time.</param>
public sealed record RecordedEvent(Guid Id, long Version, string Type, DateTimeOffset At, JsonElement Data)
{
    /// <summary>The public form of stored events.</summary>
    public static List<RecordedEvent> Of(IReadOnlyList<StoredEvent> events) =>
        [.. events.Select(e => new RecordedEvent(e.Id, e.Version, e.Type, e.At, JsonSerializer.SerializeToElement(e.Data, e.Data.GetType(), DomainJson.Options)))];
}
