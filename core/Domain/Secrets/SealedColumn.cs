using QualityIngest.Domain.Connectors;
using QualityIngest.Domain.Notifications;
using QualityIngest.Domain.Webhooks;

namespace QualityIngest.Domain.Secrets;

/// <summary>A column that holds sealed secrets. Its name begins with <c>sealed_</c>.</summary>
/// <param name="Table">Its table.</param>
/// <param name="Key">The table's key.</param>
/// <param name="Name">The column.</param>
/// <param name="Context">What a row's secret is sealed for, by the row's key.</param>
public sealed record SealedColumn(string Table, string Key, string Name, Func<Guid, string> Context)
{
    /// <summary>All there are.</summary>
    public static IReadOnlyList<SealedColumn> All { get; } =
    [
        new("connectors", "id", "sealed_secret", ConnectorAccess.SecretContext),
        new("notification_addresses", "connector_id", "sealed_token", NotificationToken.Context),
        new("webhook_endpoints", "id", "sealed_secret", EndpointAccess.SecretContext),
        new("webhook_endpoints", "id", "sealed_former", EndpointAccess.SecretContext),
        new("webhook_endpoints", "id", "sealed_credentials", EndpointAccess.CredentialsContext),
    ];
}
