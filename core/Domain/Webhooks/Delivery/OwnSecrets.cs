namespace QualityIngest.Domain.Webhooks.Delivery;

/// <summary>
/// Takes what an endpoint was sent secretly out of what it answers: some give back all that they get, and answers are kept and shown.
/// </summary>
internal static class OwnSecrets
{
    // What is shorter is no secret, and would be found everywhere.
    private const int Shortest = 4;

    private const string Instead = "[secret]";

    /// <summary>The text without them: as they are, and as they stand in URLs, forms, JSON and HTML.</summary>
    /// <param name="text">What was answered, perhaps cut off.</param>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="token">The access token that was sent; null: none.</param>
    public static string Hide(string text, OpenEndpoint endpoint, string? token)
    {
        foreach (var secret in Of(endpoint, token).Where(s => s.Length >= Shortest).SelectMany(Written).Distinct().OrderByDescending(s => s.Length))
            text = WithoutEnd(text.Replace(secret, Instead, StringComparison.OrdinalIgnoreCase), secret);
        return text;
    }

    private static IEnumerable<string> Of(OpenEndpoint endpoint, string? token)
    {
        foreach (var (_, value) in endpoint.Headers)
            yield return value;
        if (token is not null)
            yield return token;
        if (endpoint.Authentication is HeaderAuthentication { Value: { } header })
            yield return header;
        if (endpoint.Authentication is QueryAuthentication { Value: { } query })
            yield return query;
    }

    private static IEnumerable<string> Written(string secret) =>
    [
        secret, Uri.EscapeDataString(secret), System.Net.WebUtility.UrlEncode(secret), System.Net.WebUtility.HtmlEncode(secret),
        System.Text.Json.JsonEncodedText.Encode(secret).Value,
        System.Text.Json.JsonEncodedText.Encode(secret, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping).Value,
        secret.Replace("/", "\\/", StringComparison.Ordinal),
    ];

    /// <summary>No part of an answer is kept beyond some length: a secret may be cut in two there.</summary>
    private static string WithoutEnd(string text, string secret)
    {
        for (var length = Math.Min(secret.Length - 1, text.Length); length >= Shortest; length--)
        {
            if (text.AsSpan().EndsWith(secret.AsSpan(0, length), StringComparison.OrdinalIgnoreCase))
                return text[..^length] + Instead;
        }

        return text;
    }
}
