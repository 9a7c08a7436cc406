using Microsoft.Extensions.Options;
using QualityIngest.Database;
using QualityIngest.Domain.Connectors;
using QualityIngest.Domain.Tenants;

namespace QualityIngest.Domain.Notifications;

/// <summary>The addresses that connectors' buckets send their notifications to; each change with its audit row.</summary>
public sealed class NotificationDirectory(Postgres postgres, SecretBox secrets, IOptions<NotificationOptions> options)
{
    /// <summary>A connector's address.</summary>
    /// <param name="caller">Who asks. Only a key that may change connectors is shown the address itself.</param>
    /// <param name="connector">The connector.</param>
    /// <param name="root">Scheme, host and port that the caller reached this installation by.</param>
    /// <param name="cancel">Stops the query.</param>
    public async Task<Outcome<NotificationAddress>> Get(Caller caller, Guid connector, string root, CancellationToken cancel)
    {
        await using var session = await postgres.Tenant(caller.Tenant, cancel);
        return await ConnectorDirectory.Find(session, connector, cancel) is { } found && await Find(session, connector, cancel) is { } stored
            ? View(caller, found, stored, root)
            : new Failure.NotFound();
    }

    /// <summary>
    /// Sets a connector's topic, if the connector still is at the expected version. The first time makes the address. Another
    /// topic has to be confirmed anew.
    /// </summary>
    public async Task<Outcome<NotificationAddress>> Set(
        Caller caller, Guid connector, ExpectedVersion expected, NotificationAddressInput input, string root, CancellationToken cancel)
    {
        var fields = new Fields();
        var topic = fields.OptionalText("/topicArn", input.TopicArn, 400);
        if (fields.Failure is null && topic is not null && TopicArn.Parse(topic) is null)
            fields.Refuse("/topicArn", "invalid_topic", "A standard topic's ARN is written like arn:aws:sns:eu-central-1:123456789012:calls.");
        if (fields.Failure is { } invalid)
            return invalid;

        await using var session = await postgres.Tenant(caller.Tenant, cancel);
        if (await ConnectorDirectory.Find(session, connector, cancel, lockRow: true) is not { } found)
            return new Failure.NotFound();
        if (!expected.Is(found.Version))
            return new Failure.Stale();

        var token = NotificationToken.Generate();
        var stored = await session.First(
            new Statement(
                $"""
                insert into notification_addresses as a (connector_id, tenant_id, token_hash, sealed_token, topic_arn)
                values ($1, $2, $3, $4, $5::text)
                on conflict (connector_id) do update set
                    topic_arn = excluded.topic_arn,
                    confirmed_at = case when a.topic_arn = excluded.topic_arn then a.confirmed_at end,
                    unsubscribed_at = case when a.topic_arn = excluded.topic_arn then a.unsubscribed_at end
                returning {StoredAddress.Columns}
                """,
                connector, caller.Tenant, NotificationToken.Hash(token), Seal(connector, token), topic),
            StoredAddress.Read, cancel);
        return View(caller, await Changed(session, caller, found, "replaced", new { TopicArn = topic }, cancel), stored!, root);
    }

    /// <summary>Gives the address another token. The old address is nobody's from this moment on.</summary>
    public async Task<Outcome<NotificationAddress>> Rotate(Caller caller, Guid connector, string root, CancellationToken cancel)
    {
        await using var session = await postgres.Tenant(caller.Tenant, cancel);
        if (await ConnectorDirectory.Find(session, connector, cancel, lockRow: true) is not { } found)
            return new Failure.NotFound();
        var token = NotificationToken.Generate();
        var stored = await session.First(
            new Statement(
                $"""
                update notification_addresses set token_hash = $2, sealed_token = $3, confirmed_at = null, unsubscribed_at = null
                where connector_id = $1
                returning {StoredAddress.Columns}
                """,
                connector, NotificationToken.Hash(token), Seal(connector, token)),
            StoredAddress.Read, cancel);
        if (stored is null)
            return new Failure.NotFound();
        return View(caller, await Changed(session, caller, found, "rotated", null, cancel), stored, root);
    }

    /// <summary>Takes a connector's address away, if the connector still is at the expected version. Scans go on.</summary>
    public async Task<Outcome<Done>> Remove(Caller caller, Guid connector, ExpectedVersion expected, CancellationToken cancel)
    {
        await using var session = await postgres.Tenant(caller.Tenant, cancel);
        if (await ConnectorDirectory.Find(session, connector, cancel, lockRow: true) is not { } found)
            return new Failure.NotFound();
        if (!expected.Is(found.Version))
            return new Failure.Stale();
        if (await session.Execute(new Statement("delete from notification_addresses where connector_id = $1", connector), cancel) == 0)
            return new Failure.NotFound();
        await Changed(session, caller, found, "removed", null, cancel);
        return default(Done);
    }

    /// <summary>Ends a change: the connector has another version, and an audit row says what was done.</summary>
    private static async Task<Connector> Changed(
        TenantSession session, Caller caller, Connector connector, string what, object? detail, CancellationToken cancel)
    {
        await session.Execute(
            new Statement("update connectors set version = version + 1, updated_at = now() where id = $1", connector.Id), cancel);
        await session.Execute(
            AuditTrail.Entry(caller.Actor, caller.Tenant, $"notifications.{what}", connector.Id.ToString(), detail), cancel);
        await session.Commit(cancel);
        return connector with { Version = connector.Version + 1 };
    }

    private static Task<StoredAddress?> Find(TenantSession session, Guid connector, CancellationToken cancel) =>
        session.First(
            new Statement($"select {StoredAddress.Columns} from notification_addresses where connector_id = $1", connector),
            StoredAddress.Read, cancel);

    private NotificationAddress View(Caller caller, Connector connector, StoredAddress stored, string root) => new()
    {
        ConnectorId = connector.Id,
        TopicArn = stored.TopicArn,
        Url = caller.Scopes.Contains(Scopes.ConnectorsWrite) ? Url(stored, root) : null,
        ConfirmedAt = stored.ConfirmedAt,
        UnsubscribedAt = stored.UnsubscribedAt,
        LastReceivedAt = stored.LastReceivedAt,
        Documents = NotificationDocuments.For(connector, stored.Topic),
        Version = connector.Version,
        CreatedAt = stored.CreatedAt,
    };

    private string Url(StoredAddress stored, string root) =>
        $"{(options.Value.PublicUrl is { } url ? NotificationOptions.Root(url) : root)}/v1/connectors/{stored.Connector}/notifications/"
        + secrets.Open(stored.SealedToken, NotificationToken.Context(stored.Connector));

    private byte[] Seal(Guid connector, string token) => secrets.Seal(token, NotificationToken.Context(connector));
}
