using Npgsql;

namespace QualityIngest.Domain.Webhooks;

/// <summary>A header that every message carries.</summary>
/// <param name="Name">The header's name.</param>
/// <param name="Value">Its value: written, sealed, never read back. Null when reading, or to keep the stored one.</param>
public sealed record EndpointHeader(string Name, string? Value = null);

/// <summary>Why an endpoint was disabled by itself.</summary>
/// <param name="Code">A stable word, listed in <c>docs/errors.md</c>.</param>
/// <param name="Detail">The same for people.</param>
public sealed record EndpointDisabling(string Code, string Detail);

/// <summary>Somebody who is told of events.</summary>
public sealed record WebhookEndpoint : IVersioned
{
    /// <summary>The endpoint's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Where messages go.</summary>
    public required string Url { get; init; }

    /// <summary>What people know it by.</summary>
    public string? Description { get; init; }

    /// <summary>The types of events that it is told of; empty: all.</summary>
    public required IReadOnlyList<string> EventTypes { get; init; }

    /// <summary>The connectors whose events it is told of; empty: all, and events of none.</summary>
    public required IReadOnlyList<Guid> ConnectorIds { get; init; }

    /// <summary>What else every message carries, by name alone.</summary>
    public required IReadOnlyList<EndpointHeader> Headers { get; init; }

    /// <summary>Attempts a second; null: as many as there are.</summary>
    public int? Rate { get; init; }

    /// <summary>Whether nothing is sent before what came first has been delivered or given up.</summary>
    public bool StrictOrder { get; init; }

    /// <summary>What it knows its caller by besides the signature, without the secret; null: nothing.</summary>
    public EndpointAuthentication? Authentication { get; init; }

    /// <summary>The certificate that the caller presents, without its key; null: none.</summary>
    public ClientCertificate? Certificate { get; init; }

    /// <summary>The authority that its own certificate has to come from, as PEM; null: one that the system trusts.</summary>
    public string? Authority { get; init; }

    /// <summary>Whether it is told of anything.</summary>
    public required bool Enabled { get; init; }

    /// <summary>Why it was disabled by itself; null: it was not.</summary>
    public EndpointDisabling? Disabled { get; init; }

    /// <summary>Until when the former secret signs as well; null: there is none.</summary>
    public DateTimeOffset? FormerSecretUntil { get; init; }

    /// <summary>Since when nothing has got through; null: the last attempt did, or there was none.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>Rises with every change; the ETag.</summary>
    public required long Version { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    internal const string Columns = """
        e.id, e.url, e.description, e.event_types, e.connector_ids, e.header_names, e.rate, e.strict_order, e.authentication, e.certificate,
        e.authority, e.enabled, e.disabled_code, e.disabled_detail,
        case when e.former_until > clock_timestamp() then e.former_until end,
        (select s.failing_since from webhook_senders s where s.endpoint_id = e.id), e.version, e.created_at, e.updated_at
        """;

    internal static WebhookEndpoint Read(NpgsqlDataReader row) => new()
    {
        Id = row.GetGuid(0),
        Url = row.GetString(1),
        Description = Text(row, 2),
        EventTypes = row.GetFieldValue<string[]>(3),
        ConnectorIds = row.GetFieldValue<Guid[]>(4),
        Headers = [.. row.GetFieldValue<string[]>(5).Select(name => new EndpointHeader(name))],
        Rate = row.IsDBNull(6) ? null : row.GetInt32(6),
        StrictOrder = row.GetBoolean(7),
        Authentication = Text(row, 8) is { } authentication ? DomainJson.Read<EndpointAuthentication>(authentication) : null,
        Certificate = Text(row, 9) is { } certificate ? new(certificate) : null,
        Authority = Text(row, 10),
        Enabled = row.GetBoolean(11),
        Disabled = Text(row, 12) is { } code ? new(code, row.GetString(13)) : null,
        FormerSecretUntil = row.IsDBNull(14) ? null : row.GetFieldValue<DateTimeOffset>(14),
        FailingSince = row.IsDBNull(15) ? null : row.GetFieldValue<DateTimeOffset>(15),
        Version = row.GetInt64(16),
        CreatedAt = row.GetFieldValue<DateTimeOffset>(17),
        UpdatedAt = row.GetFieldValue<DateTimeOffset>(18),
    };

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}

/// <summary>An endpoint together with its secret, which is shown this once.</summary>
/// <param name="Endpoint">The endpoint as it stands.</param>
/// <param name="Secret">What its messages are signed with: <c>whsec_</c> and base64.</param>
public sealed record WebhookEndpointWithSecret(WebhookEndpoint Endpoint, string Secret) : IVersioned
{
    /// <summary>The endpoint's version; the ETag.</summary>
    public long Version => Endpoint.Version;
}
