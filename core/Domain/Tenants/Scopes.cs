using System.Collections.Frozen;

namespace QualityIngest.Domain.Tenants;

/// <summary>What an API key can be allowed to do. Reading and writing are apart: a key that writes and reads has both.</summary>
public static class Scopes
{
    /// <summary>Read connectors, scans, files, queues, agents, usage.</summary>
    public const string ConnectorsRead = "connectors:read";

    /// <summary>Change connectors, queues and agents; start, cancel and retry their work.</summary>
    public const string ConnectorsWrite = "connectors:write";

    /// <summary>Read conversations' data and numbers, without what was said.</summary>
    public const string ConversationsRead = "conversations:read";

    /// <summary>Retry conversations.</summary>
    public const string ConversationsWrite = "conversations:write";

    /// <summary>Read what was said: transcripts, recordings, contents.</summary>
    public const string TranscriptsRead = "transcripts:read";

    /// <summary>Erase conversations for good.</summary>
    public const string EraseWrite = "erase:write";

    /// <summary>Read webhook endpoints, deliveries and the event feed.</summary>
    public const string WebhooksRead = "webhooks:read";

    /// <summary>Change webhook endpoints and repeat deliveries.</summary>
    public const string WebhooksWrite = "webhooks:write";

    /// <summary>Notify connectors of their buckets' objects, together with the secret address of each; nothing else.</summary>
    public const string NotificationsWrite = "notifications:write";

    /// <summary>Read tenants, keys, the audit trail and dead work.</summary>
    public const string AdminRead = "admin:read";

    /// <summary>Change tenants, keys and grants; retry dead work.</summary>
    public const string AdminWrite = "admin:write";

    /// <summary>What a tenant's key can have.</summary>
    public static FrozenSet<string> OfTenants { get; } = FrozenSet.Create(
        ConnectorsRead, ConnectorsWrite, ConversationsRead, ConversationsWrite, TranscriptsRead, EraseWrite, WebhooksRead, WebhooksWrite,
        NotificationsWrite);

    /// <summary>What an administrator's key can have.</summary>
    public static FrozenSet<string> OfAdministrators { get; } = FrozenSet.Create(AdminRead, AdminWrite);
}
