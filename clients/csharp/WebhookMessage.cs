using System.Text.Json;
using System.Text.Json.Serialization;

namespace QualityIngest.Client;

/// <summary>What a webhook endpoint is sent. Members may be added over time.</summary>
public sealed record WebhookMessage
{
    /// <summary>The event's id: that of the feed, too, and the same for every attempt.</summary>
    [JsonPropertyName("id")]
    public required string Id { get; init; }

    /// <summary>What happened, e.g. <c>conversation.completed</c>.</summary>
    [JsonPropertyName("type")]
    public required string Type { get; init; }

    /// <summary>When it happened.</summary>
    [JsonPropertyName("timestamp")]
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>What is known of it.</summary>
    [JsonPropertyName("data")]
    public required EventData Data { get; init; }

    /// <summary>Verifies a message (<see cref="WebhookSignature"/>) and reads it.</summary>
    /// <param name="header">Gives a header of the request, or null where there is none: <c>name => request.Headers[name]</c>.</param>
    /// <param name="body">The body's bytes exactly as they came.</param>
    /// <param name="secrets">The endpoint's secrets, <c>whsec_…</c>: one, or two while one replaces the other.</param>
    /// <exception cref="WebhookSignatureException">The message is not genuine, or is too old or too new. Answer 400 or 401.</exception>
    /// <exception cref="JsonException">The message is genuine, but of a kind that this version of the client does not know.</exception>
    public static WebhookMessage Open(Func<string, string?> header, ReadOnlySpan<byte> body, params string[] secrets)
    {
        ArgumentNullException.ThrowIfNull(header);
        WebhookSignature.Verify(
            header(WebhookSignature.IdHeader), header(WebhookSignature.TimestampHeader), header(WebhookSignature.SignatureHeader), body, secrets);
        return JsonSerializer.Deserialize<WebhookMessage>(body, QualityIngestClient.Json) ?? throw new JsonException("The message is null.");
    }
}
