using System.Text.Json.Serialization;
using Npgsql;
using QualityIngest.Domain.Feeds;
using QualityIngest.Domain.Quotas;
using QualityIngest.Domain.Sources;

namespace QualityIngest.Domain.Connectors;

/// <summary>What happens when other content arrives for a known conversation.</summary>
public enum RevisionPolicy
{
    /// <summary>It becomes the next revision.</summary>
    Revise,

    /// <summary>It counts as a duplicate.</summary>
    Ignore,
}

/// <summary>What a connector is told to do; its secret is kept apart, sealed.</summary>
public sealed record ConnectorSettings
{
    /// <summary>Where it reads, and as whom.</summary>
    public required SourceSettings Source { get; init; }

    /// <summary>The agent of rows whose agent is unknown; null: such rows are held.</summary>
    public string? DefaultAgentEmail { get; init; }

    /// <summary>The queue of conversations whose format names none; null: they have no queue.</summary>
    public Guid? DefaultQueue { get; init; }

    /// <summary>What happens when other content arrives for a known conversation.</summary>
    public RevisionPolicy RevisionPolicy { get; init; }

    /// <summary>How feeds are read; null: the format is another.</summary>
    public FeedSettings? Feeds { get; init; }
}

/// <summary>Why a connector rests although it is enabled. It resumes by itself once a probe succeeds.</summary>
/// <param name="At">Since when it rests.</param>
/// <param name="Code">What failed, as a stable word.</param>
/// <param name="Detail">The same for people.</param>
/// <param name="Resolution">What to do about it.</param>
public sealed record Suspension(DateTimeOffset At, string Code, string Detail, string Resolution);

/// <summary>A connector as it is stored.</summary>
public sealed record Connector : IVersioned
{
    /// <summary>The connector's id, and the lane of its work.</summary>
    public required Guid Id { get; init; }

    /// <summary>The tenant that it belongs to.</summary>
    [JsonIgnore]
    public string Tenant { get; init; } = "";

    /// <summary>The source whose ledger it shares with every connector of the same bucket and format.</summary>
    public required Guid SourceId { get; init; }

    /// <summary>Its name, unique among the tenant's connectors.</summary>
    public required string Name { get; init; }

    /// <summary>What its files hold.</summary>
    public required string Format { get; init; }

    /// <summary>The namespace of its conversations' ids.</summary>
    public required string Namespace { get; init; }

    /// <summary>Where it reads, and as whom.</summary>
    public SourceSettings Source => Settings.Source;

    /// <summary>The agent of rows whose agent is unknown; null: such rows are held.</summary>
    public string? DefaultAgentEmail => Settings.DefaultAgentEmail;

    /// <summary>The queue of conversations whose format names none; null: they have no queue.</summary>
    public Guid? DefaultQueue => Settings.DefaultQueue;

    /// <summary>What happens when other content arrives for a known conversation.</summary>
    public RevisionPolicy RevisionPolicy => Settings.RevisionPolicy;

    /// <summary>How feeds are read; null: the format is another.</summary>
    public FeedSettings? Feeds { get; init; }

    /// <summary>What it is told to do, as it is stored.</summary>
    [JsonIgnore]
    public ConnectorSettings Settings { get; init; } = null!;

    /// <summary>The secret access key, sealed.</summary>
    [JsonIgnore]
    public byte[]? SealedSecret { get; init; }

    /// <summary>Its schedule, as stored JSON; null: manual refreshes only.</summary>
    [JsonIgnore]
    public string? Schedule { get; init; }

    /// <summary>Whether its work is done.</summary>
    public required bool Enabled { get; init; }

    /// <summary>Why it rests, or null.</summary>
    public Suspension? Suspension { get; init; }

    /// <summary>When it was last refreshed by hand.</summary>
    public DateTimeOffset? LastRefreshAt { get; init; }

    /// <summary>When a scan of it last reached the end of its listing.</summary>
    public DateTimeOffset? LastDiscoveryAt { get; init; }

    /// <summary>
    /// The tenant's quota of its format today, and how many of its own files wait for the next day; null: its format has no
    /// limit.
    /// </summary>
    public QuotaUse? Quota { get; init; }

    /// <summary>Rises with every change; the ETag.</summary>
    public required long Version { get; init; }

    /// <summary>When it was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Whether it was removed.</summary>
    [JsonIgnore]
    public bool Deleted { get; init; }

    internal const string Columns = """
        id, tenant_id, source_id, name, format, namespace, settings, sealed_secret, schedule, enabled,
        suspended_at, suspended_code, suspended_detail, suspended_resolution, last_refresh_at, last_discovery_at,
        version, created_at, updated_at, deleted_at is not null
        """;

    internal static Connector Read(NpgsqlDataReader row) => Read(row, DomainJson.Read<ConnectorSettings>(row.GetString(6)));

    private static Connector Read(NpgsqlDataReader row, ConnectorSettings settings) => new()
    {
        Id = row.GetGuid(0),
        Tenant = row.GetString(1),
        SourceId = row.GetGuid(2),
        Name = row.GetString(3),
        Format = row.GetString(4),
        Namespace = row.GetString(5),
        Settings = settings,
        Feeds = settings.Feeds,
        SealedSecret = row.IsDBNull(7) ? null : row.GetFieldValue<byte[]>(7),
        Schedule = row.IsDBNull(8) ? null : row.GetString(8),
        Enabled = row.GetBoolean(9),
        Suspension = row.IsDBNull(10)
            ? null
            : new(row.GetFieldValue<DateTimeOffset>(10), row.GetString(11), row.GetString(12), row.GetString(13)),
        LastRefreshAt = row.IsDBNull(14) ? null : row.GetFieldValue<DateTimeOffset>(14),
        LastDiscoveryAt = row.IsDBNull(15) ? null : row.GetFieldValue<DateTimeOffset>(15),
        Version = row.GetInt64(16),
        CreatedAt = row.GetFieldValue<DateTimeOffset>(17),
        UpdatedAt = row.GetFieldValue<DateTimeOffset>(18),
        Deleted = row.GetBoolean(19),
    };
}
