namespace QualityIngest.Domain.Webhooks.Delivery;

/// <summary>Why a message did not arrive. Each code is explained in <c>docs/errors.md</c>.</summary>
public static class DeliveryCodes
{
    /// <summary>The endpoint answered with a status that is no success.</summary>
    public const string Refused = "endpoint_refused";

    /// <summary>The endpoint answered with a redirect, which is never followed.</summary>
    public const string Redirected = "endpoint_redirected";

    /// <summary>No whole answer came in time.</summary>
    public const string Timeout = "endpoint_timeout";

    /// <summary>No connection, or one that broke, or one that may not be made.</summary>
    public const string Unreachable = "endpoint_unreachable";

    /// <summary>The two ends did not agree on TLS: a certificate that is not trusted, on either side.</summary>
    public const string TlsFailed = "endpoint_tls_failed";

    /// <summary>The issuer gave no token.</summary>
    public const string TokenRefused = "token_refused";

    /// <summary>The issuer could not be asked, or its answer could not be read.</summary>
    public const string TokenUnavailable = "token_unavailable";

    /// <summary>The issuer and this service did not agree on TLS: a certificate that is not trusted, on either side.</summary>
    public const string TokenTlsFailed = "token_tls_failed";

    /// <summary>The configuration cannot be used: a certificate or key cannot be read.</summary>
    public const string Unusable = "endpoint_unusable";

    /// <summary>The code of a failed request.</summary>
    public static string Of(HttpRequestException broken) =>
        broken.HttpRequestError == HttpRequestError.SecureConnectionError ? TlsFailed : Unreachable;
}

/// <summary>Why an endpoint was disabled. Each code is explained in <c>docs/errors.md</c>.</summary>
public static class DisabledCodes
{
    /// <summary>It answered 410.</summary>
    public const string Gone = "endpoint_gone";

    /// <summary>Nothing got through for days.</summary>
    public const string Failing = "endpoint_failing";
}
