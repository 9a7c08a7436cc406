namespace QualityIngest.Domain.Webhooks;

/// <summary>A webhook endpoint as written.</summary>
public sealed record WebhookEndpointInput
{
    /// <summary>Where messages go: an HTTPS URL of at most 2,000 characters; HTTP only where the deployment names the host.</summary>
    public required string Url { get; init; }

    /// <summary>What people know it by, at most 500 characters.</summary>
    public string? Description { get; init; }

    /// <summary>The types of events that it is told of; empty: all.</summary>
    public IReadOnlyList<string> EventTypes { get; init; } = [];

    /// <summary>The connectors whose events it is told of, at most 100; empty: all, and events of none.</summary>
    public IReadOnlyList<Guid> ConnectorIds { get; init; } = [];

    /// <summary>What else every message carries, at most 20. A value that is left out keeps the stored one of that name.</summary>
    public IReadOnlyList<EndpointHeader> Headers { get; init; } = [];

    /// <summary>Attempts a second, 1 to 1,000; absent: as many as there are.</summary>
    public int? Rate { get; init; }

    /// <summary>Whether nothing is sent before what came first has been delivered or given up.</summary>
    public bool StrictOrder { get; init; }

    /// <summary>What it knows its caller by besides the signature; a secret that is left out keeps the stored one of that kind.</summary>
    public EndpointAuthentication? Authentication { get; init; }

    /// <summary>What the caller presents in TLS; a key that is left out keeps the stored one.</summary>
    public ClientCertificate? Certificate { get; init; }

    /// <summary>The authority that its own certificate has to come from, as PEM; absent: one that the system trusts.</summary>
    public string? Authority { get; init; }
}

/// <summary>An endpoint's next secret.</summary>
/// <param name="Secret">One of the caller's own, <c>whsec_</c> and the base64 of 24 to 64 bytes; absent: a new one is made.</param>
public sealed record WebhookSecretInput(string? Secret = null);
