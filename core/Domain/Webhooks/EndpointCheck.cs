using QualityIngest.Domain.Outbound;

namespace QualityIngest.Domain.Webhooks;

/// <summary>A checked endpoint: what is stored openly, and what is sealed.</summary>
/// <param name="Input">Normalised, without secrets.</param>
/// <param name="Credentials">What is sealed.</param>
public sealed record CheckedEndpoint(WebhookEndpointInput Input, EndpointCredentials Credentials);

/// <summary>Checks an endpoint as written. Pure but for the outbound guard's rules: nothing is called.</summary>
public static class EndpointCheck
{
    private const int MaxUrl = 2000, MaxTypes = 100, MaxConnectors = 100;

    /// <summary>The checked endpoint, or everything that is wrong with it.</summary>
    /// <param name="input">As written.</param>
    /// <param name="guard">What may be called.</param>
    /// <param name="stored">What is sealed already, and what it belongs to; null: nothing.</param>
    public static Outcome<CheckedEndpoint> Check(WebhookEndpointInput input, OutboundGuard guard, StoredCredentials? stored)
    {
        var fields = new Fields();
        var url = Url(fields, "/url", input.Url, guard);
        var description = fields.OptionalText("/description", input.Description, 500);
        Types(fields, input.EventTypes);
        if (input.ConnectorIds.Count > MaxConnectors)
            fields.Refuse("/connectorIds", "too_many", $"At most {MaxConnectors} connectors can be named; name none for all.");
        if (input.Rate is < 1 or > 1000)
            fields.Refuse("/rate", "out_of_range", "The rate is 1 to 1,000 attempts a second.");
        var kept = stored?.For(url);
        var values = HeaderCheck.Values(fields, input.Headers, kept);
        var (authentication, secret) = AuthenticationCheck.Check(fields, input.Authentication, input.Headers, guard, kept);
        var (certificate, key) = CertificateCheck.Check(fields, input.Certificate, kept);
        var authority = input.Authority is { } pem ? CertificateCheck.Normal(fields, "/authority", pem) : null;
        if (fields.Failure is { } failure)
            return failure;

        return new CheckedEndpoint(
            input with
            {
                Url = url,
                Description = description,
                EventTypes = [.. input.EventTypes.Distinct()],
                ConnectorIds = [.. input.ConnectorIds.Distinct()],
                Headers = [.. input.Headers.Select(h => new EndpointHeader(h.Name))],
                Authentication = authentication,
                Certificate = certificate is null ? null : new(certificate),
                Authority = authority,
            },
            new(values, secret, key));
    }

    /// <summary>Whether a text is a signing secret: <c>whsec_</c> and the base64 of 24 to 64 bytes.</summary>
    public static bool IsSecret(string text)
    {
        var bytes = new byte[64];
        return text.StartsWith("whsec_", StringComparison.Ordinal) && !text.Any(char.IsWhiteSpace)
            && Convert.TryFromBase64String(text["whsec_".Length..], bytes, out var length) && length >= 24;
    }

    /// <summary>A URL that may be called, as it was written but for blanks around it.</summary>
    internal static string Url(Fields fields, string pointer, string? value, OutboundGuard guard)
    {
        var text = fields.Text(pointer, value, MaxUrl);
        if (text.Length is 0 or > MaxUrl)
            return text;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Fragment.Length > 0)
        {
            fields.Refuse(pointer, "invalid_url", "This must be an absolute URL without a fragment, e.g. https://example.com/hooks.");
            return text;
        }

        try
        {
            guard.Check(url);
        }
        catch (OutboundRefusedException)
        {
            fields.Refuse(pointer, "url_refused", "This address may not be called: it must be a public one, over HTTPS.");
        }

        return text;
    }

    private static void Types(Fields fields, IReadOnlyList<string> types)
    {
        if (types.Count > MaxTypes)
        {
            fields.Refuse("/eventTypes", "too_many", $"At most {MaxTypes} types can be named; name none for all.");
            return;
        }

        for (var i = 0; i < types.Count; i++)
        {
            if (!EventTypes.Names.Contains(types[i]))
                fields.Refuse($"/eventTypes/{i}", "unknown_event_type", $"The type must be one of: {string.Join(", ", EventTypes.Names)}.");
        }
    }
}
