using System.Text.RegularExpressions;

namespace QualityIngest.Domain.Webhooks;

/// <summary>Checks the headers that an endpoint's messages carry besides their own.</summary>
internal static partial class HeaderCheck
{
    private const int Most = 20, MaxValue = 4000;

    /// <summary>What a message has of its own, what belongs to one connection, and what describes the body (RFC 9110).</summary>
    private static readonly string[] Own =
    [
        "host", "user-agent", "expect", "connection", "keep-alive", "proxy-connection", "proxy-authenticate", "proxy-authorization", "te", "trailer",
        "transfer-encoding", "upgrade", "http2-settings", "allow", "expires", "last-modified",
    ];

    /// <summary>The headers' values, in the order of their names.</summary>
    public static List<string> Values(Fields fields, IReadOnlyList<EndpointHeader> headers, StoredCredentials? kept)
    {
        var values = new List<string>();
        if (headers.Count > Most)
        {
            fields.Refuse("/headers", "too_many", $"At most {Most} headers can be added.");
            return values;
        }

        for (var i = 0; i < headers.Count; i++)
        {
            if (headers[i] is not { } header)
            {
                fields.Refuse($"/headers/{i}", "required", "This must not be null.");
                continue;
            }

            Name(fields, $"/headers/{i}/name", header.Name);
            if (headers.Take(i).Any(h => Same(h?.Name, header.Name)))
                fields.Refuse($"/headers/{i}/name", "duplicate", "This header is named already.");
            values.Add(Secret(fields, $"/headers/{i}/value", header.Value ?? kept?.Header(header.Name), MaxValue));
        }

        return values;
    }

    /// <summary>A header's name that messages do not have of their own.</summary>
    public static void Name(Fields fields, string pointer, string name)
    {
        if (!Token().IsMatch(name) || Own.Contains(name, StringComparer.OrdinalIgnoreCase)
            || name.StartsWith("webhook-", StringComparison.OrdinalIgnoreCase) || name.StartsWith("content-", StringComparison.OrdinalIgnoreCase))
            fields.Refuse(pointer, "invalid_header", "This is no header's name, or one that messages have of their own.");
    }

    /// <summary>Whether two names are one header's.</summary>
    public static bool Same(string? one, string? other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    /// <summary>A secret that can stand in a header.</summary>
    public static string Secret(Fields fields, string pointer, string? value, int most)
    {
        if (string.IsNullOrWhiteSpace(value))
            fields.Refuse(pointer, "required", "This must not be empty, and what goes to another host than before has to be written again.");
        else if (value.Length > most)
            fields.Refuse(pointer, "too_long", $"This must be at most {most} characters.");
        else if (value.Any(c => c is < ' ' or > '~'))
            fields.Refuse(pointer, "invalid_characters", "This may hold visible ASCII characters and spaces alone.");
        return value ?? "";
    }

    [GeneratedRegex(@"^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}\z")]
    private static partial Regex Token();
}
