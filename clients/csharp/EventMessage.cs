using System.Text.Json;

namespace QualityIngest.Client;

/// <remarks>Members may be added over time.</remarks>
public partial record EventMessage
{
    /// <summary>Verifies what came to a webhook endpoint (<see cref="WebhookSignature"/>) and reads it.</summary>
    /// <param name="header">Gives a header of the request, or null where there is none: <c>name => request.Headers[name]</c>.</param>
    /// <param name="body">The body's bytes exactly as they came.</param>
    /// <param name="secrets">The endpoint's secrets, <c>whsec_…</c>: one, or two while one replaces the other.</param>
    /// <exception cref="WebhookSignatureException">The message is not genuine, or is too old or too new. Answer 400 or 401.</exception>
    /// <exception cref="JsonException">The message is genuine, but of a kind that this version of the client does not know.</exception>
    public static EventMessage Open(Func<string, string?> header, ReadOnlySpan<byte> body, params string[] secrets)
    {
        ArgumentNullException.ThrowIfNull(header);
        WebhookSignature.Verify(
            header(WebhookSignature.IdHeader), header(WebhookSignature.TimestampHeader), header(WebhookSignature.SignatureHeader), body, secrets);
        return JsonSerializer.Deserialize<EventMessage>(body, QualityIngestClient.Json) ?? throw new JsonException("The message is null.");
    }
}
