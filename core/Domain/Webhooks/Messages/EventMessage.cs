using System.Text.Json;
using System.Text.Json.Serialization;

namespace QualityIngest.Domain.Webhooks.Messages;

/// <summary>What subscribers read about one event, wherever they read it.</summary>
/// <param name="Id">The event's id: the same in every message and page that tells of it.</param>
/// <param name="Type">What happened, e.g. <c>conversation.completed</c>.</param>
/// <param name="Timestamp">When it was stored.</param>
/// <param name="Data">What is known of it: ids, codes and numbers, never what was said. Members may be added over time.</param>
public sealed record EventMessage(string Id, string Type, DateTimeOffset Timestamp, EventData Data)
{
    /// <summary>The message as it is sent: UTF-8 JSON of at most so many bytes. What is larger is only linked.</summary>
    public byte[] ToBody(int most)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(this, DomainJson.Options);
        return body.Length <= most
            ? body
            : JsonSerializer.SerializeToUtf8Bytes(this with { Data = new LinkedData(Data.Url, Data.ConnectorId, Data.Version) }, DomainJson.Options);
    }
}

/// <summary>What is known of an event; <c>about</c> says what it is about.</summary>
/// <param name="Url">Where the thing that it is about is read, relative to the API; null: nowhere.</param>
/// <param name="ConnectorId">The connector that it came of; null: of none.</param>
/// <param name="Version">The thing's version by this event: a receiver that has a higher one need not look at this.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "about")]
[JsonDerivedType(typeof(ConversationData), "conversation")]
[JsonDerivedType(typeof(FileData), "file")]
[JsonDerivedType(typeof(ScanData), "scan")]
[JsonDerivedType(typeof(BatchData), "batch")]
[JsonDerivedType(typeof(ConnectorData), "connector")]
[JsonDerivedType(typeof(EndpointData), "endpoint")]
[JsonDerivedType(typeof(LinkedData), "linked")]
public abstract record EventData(string? Url, Guid? ConnectorId, long Version);

/// <summary>An event that is larger than a message may be: where to read it.</summary>
public sealed record LinkedData(string? Url, Guid? ConnectorId, long Version) : EventData(Url, ConnectorId, Version);
