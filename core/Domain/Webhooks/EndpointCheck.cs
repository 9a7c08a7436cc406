using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using QualityIngest.Domain.Outbound;

namespace QualityIngest.Domain.Webhooks;

/// <summary>A checked endpoint: what is stored openly, and what is sealed.</summary>
/// <param name="Input">Normalised, without secrets.</param>
/// <param name="Credentials">What is sealed.</param>
public sealed record CheckedEndpoint(WebhookEndpointInput Input, EndpointCredentials Credentials);

/// <summary>Checks an endpoint as written. Pure but for the outbound guard's rules: nothing is called.</summary>
public static partial class EndpointCheck
{
    private const int MaxUrl = 2000, MaxHeaders = 20, MaxHeaderValue = 4000, MaxSecret = 4000, MaxPem = 32_000, MaxConnectors = 100, MaxTypes = 100;

    private static readonly string[] OwnHeaders =
        ["host", "connection", "content-length", "content-type", "transfer-encoding", "expect", "upgrade", "te", "trailer", "user-agent"];

    /// <summary>The checked endpoint, or everything that is wrong with it.</summary>
    /// <param name="input">As written.</param>
    /// <param name="guard">What may be called.</param>
    /// <param name="stored">What is sealed already, and the names and kind that it belongs to; null: nothing.</param>
    public static Outcome<CheckedEndpoint> Check(WebhookEndpointInput input, OutboundGuard guard, StoredCredentials? stored)
    {
        var fields = new Fields();
        var url = Url(fields, "/url", input.Url, guard);
        var description = fields.OptionalText("/description", input.Description, 500);
        for (var i = 0; i < input.EventTypes.Count; i++)
        {
            if (!EventTypes.Names.Contains(input.EventTypes[i]))
                fields.Refuse($"/eventTypes/{i}", "unknown_event_type", $"The type must be one of: {string.Join(", ", EventTypes.Names)}.");
        }

        if (input.EventTypes.Count > MaxTypes)
            fields.Refuse("/eventTypes", "too_many", $"At most {MaxTypes} types can be named; name none for all.");
        if (input.ConnectorIds.Count > MaxConnectors)
            fields.Refuse("/connectorIds", "too_many", $"At most {MaxConnectors} connectors can be named; name none for all.");
        if (input.Rate is < 1 or > 1000)
            fields.Refuse("/rate", "out_of_range", "The rate is 1 to 1,000 attempts a second.");
        var values = Headers(fields, input.Headers, stored);
        var secret = Authentication(fields, input.Authentication, guard, stored);
        var key = Certificate(fields, input.Certificate, stored);
        if (input.Authority is not null && !IsCertificate(input.Authority))
            fields.Refuse("/authority", "invalid_certificate", "This must be one or more certificates in PEM.");
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
                Authentication = Open(input.Authentication),
                Certificate = input.Certificate is { } certificate ? new(certificate.Certificate) : null,
            },
            new(values, secret, key));
    }

    /// <summary>Whether a text is a signing secret: <c>whsec_</c> and the base64 of 24 to 64 bytes.</summary>
    public static bool IsSecret(string text)
    {
        var bytes = new byte[64];
        return text.StartsWith("whsec_", StringComparison.Ordinal) && Convert.TryFromBase64String(text["whsec_".Length..], bytes, out var length) && length >= 24;
    }

    private static string Url(Fields fields, string pointer, string? value, OutboundGuard guard)
    {
        var text = fields.Text(pointer, value, MaxUrl);
        if (text.Length == 0)
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

    private static List<string> Headers(Fields fields, IReadOnlyList<EndpointHeader> headers, StoredCredentials? stored)
    {
        if (headers.Count > MaxHeaders)
            fields.Refuse("/headers", "too_many", $"At most {MaxHeaders} headers can be added.");
        var values = new List<string>();
        for (var i = 0; i < headers.Count; i++)
        {
            var (name, value) = headers[i];
            if (!Token().IsMatch(name) || OwnHeaders.Contains(name.ToLowerInvariant()) || name.StartsWith("webhook-", StringComparison.OrdinalIgnoreCase))
                fields.Refuse($"/headers/{i}/name", "invalid_header", "This is no header's name, or one that messages have of their own.");
            if (headers.Take(i).Any(h => h.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
                fields.Refuse($"/headers/{i}/name", "duplicate", "This header is named already.");
            values.Add(Secret(fields, $"/headers/{i}/value", value ?? stored?.Header(name), MaxHeaderValue));
        }

        return values;
    }

    private static string? Authentication(Fields fields, EndpointAuthentication? authentication, OutboundGuard guard, StoredCredentials? stored)
    {
        var kept = stored?.Authentication?.GetType() == authentication?.GetType() ? stored?.Credentials.Authentication : null;
        switch (authentication)
        {
            case HeaderAuthentication header:
                if (!Token().IsMatch(header.Name) || OwnHeaders.Contains(header.Name.ToLowerInvariant()) || header.Name.StartsWith("webhook-", StringComparison.OrdinalIgnoreCase))
                    fields.Refuse("/authentication/name", "invalid_header", "This is no header's name, or one that messages have of their own.");
                return Secret(fields, "/authentication/value", header.Value ?? kept, MaxSecret);
            case QueryAuthentication query:
                fields.Text("/authentication/name", query.Name, 100);
                return Secret(fields, "/authentication/value", query.Value ?? kept, MaxSecret);
            case OAuthAuthentication oauth:
                Url(fields, "/authentication/tokenUrl", oauth.TokenUrl, guard);
                fields.Text("/authentication/clientId", oauth.ClientId, 500);
                fields.OptionalText("/authentication/scope", oauth.Scope, 1000);
                fields.OptionalText("/authentication/audience", oauth.Audience, 1000);
                return Secret(fields, "/authentication/clientSecret", oauth.ClientSecret ?? kept, MaxSecret);
            default:
                return null;
        }
    }

    private static string? Certificate(Fields fields, ClientCertificate? certificate, StoredCredentials? stored)
    {
        if (certificate is null)
            return null;
        var key = certificate.PrivateKey ?? stored?.Credentials.PrivateKey;
        if (key is null)
        {
            fields.Refuse("/certificate/privateKey", "required", "A certificate needs its private key.");
            return null;
        }

        if (!IsCertificate(certificate.Certificate))
            fields.Refuse("/certificate/certificate", "invalid_certificate", "This must be one or more certificates in PEM.");
        else if (key.Length > MaxPem || !Fits(certificate.Certificate, key))
            fields.Refuse("/certificate/privateKey", "invalid_key", "This must be the certificate's private key in PEM, unencrypted.");
        return key;
    }

    private static string Secret(Fields fields, string pointer, string? value, int most)
    {
        if (string.IsNullOrEmpty(value))
            fields.Refuse(pointer, "required", "This must not be empty.");
        else if (value.Length > most)
            fields.Refuse(pointer, "too_long", $"This must be at most {most} characters.");
        else if (value.Any(c => c is < ' ' or > '~'))
            fields.Refuse(pointer, "invalid_characters", "This may hold visible ASCII characters and spaces alone.");
        return value ?? "";
    }

    private static bool IsCertificate(string pem)
    {
        if (pem.Length > MaxPem)
            return false;
        var read = new X509Certificate2Collection();
        try
        {
            read.ImportFromPem(pem);
            return read.Count > 0;
        }
        catch (CryptographicException)
        {
            return false;
        }
        finally
        {
            foreach (var certificate in read)
                certificate.Dispose();
        }
    }

    private static bool Fits(string certificate, string key)
    {
        try
        {
            using var both = X509Certificate2.CreateFromPem(certificate, key);
            return both.HasPrivateKey;
        }
        catch (Exception unfit) when (unfit is CryptographicException or ArgumentException)
        {
            return false;
        }
    }

    private static EndpointAuthentication? Open(EndpointAuthentication? authentication) => authentication switch
    {
        HeaderAuthentication header => header with { Value = null },
        QueryAuthentication query => query with { Value = null },
        OAuthAuthentication oauth => oauth with { ClientSecret = null },
        _ => null,
    };

    [GeneratedRegex(@"^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}\z")]
    private static partial Regex Token();
}

/// <summary>What of an endpoint is sealed already, and what it belongs to.</summary>
/// <param name="HeaderNames">The headers' names, in the order of their sealed values.</param>
/// <param name="Authentication">The authentication, without its secret.</param>
/// <param name="Credentials">What is sealed.</param>
public sealed record StoredCredentials(IReadOnlyList<string> HeaderNames, EndpointAuthentication? Authentication, EndpointCredentials Credentials)
{
    /// <summary>The stored value of a header; null: there is none.</summary>
    public string? Header(string name) =>
        HeaderNames.Zip(Credentials.Headers).Where(h => h.First.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(h => h.Second).FirstOrDefault();
}
