using Microsoft.Extensions.Options;
using QualityIngest.Database;
using QualityIngest.Domain.Outbound;
using QualityIngest.Domain.Tenants;
using QualityIngest.Domain.Webhooks.Delivery;

namespace QualityIngest.Domain.Webhooks;

/// <summary>A tenant's webhook endpoints: configuration, each change with its audit row.</summary>
public sealed class EndpointDirectory(Postgres postgres, SecretBox secrets, OutboundGuard guard, IOptions<WebhookOptions> options)
{
    private static readonly Failure TooMany = new Failure.Conflict("too_many_endpoints", "The tenant has as many webhook endpoints as there may be. Delete one first.");

    /// <summary>The endpoints, oldest first.</summary>
    public async Task<Page<WebhookEndpoint, Guid>> List(Caller caller, PageRequest<Guid> page, CancellationToken cancel)
    {
        await using var session = await postgres.Tenant(caller.Tenant, cancel);
        var rows = await session.Query(
            new Statement(
                $"""
                select {WebhookEndpoint.Columns} from webhook_endpoints e
                where deleted_at is null and ($1::timestamptz is null or (created_at, id) > ($1, $2::uuid))
                order by created_at, id limit $3
                """,
                page.After?.At, page.After?.Id, page.Limit + 1),
            WebhookEndpoint.Read, cancel);
        return Page.Of(rows, page, e => new Position<Guid>(e.CreatedAt, e.Id));
    }

    /// <summary>One endpoint.</summary>
    public async Task<Outcome<WebhookEndpoint>> Get(Caller caller, Guid id, CancellationToken cancel)
    {
        await using var session = await postgres.Tenant(caller.Tenant, cancel);
        return await Find(session, id, cancel) is { } endpoint ? endpoint : new Failure.NotFound();
    }

    /// <summary>Makes an endpoint, enabled, with a secret of its own.</summary>
    public async Task<Outcome<WebhookEndpointWithSecret>> Create(Caller caller, WebhookEndpointInput input, CancellationToken cancel)
    {
        var check = EndpointCheck.Check(input, guard, stored: null);
        if (check.Failure is { } invalid)
            return invalid;
        await using var session = await postgres.Tenant(caller.Tenant, cancel);
        if (await Unknown(session, input.ConnectorIds, cancel) is { } unknown)
            return unknown;
        // One at a time of a tenant: the limit is one of all that there are.
        await session.Execute(new Statement("select pg_advisory_xact_lock(hashtextextended('webhook_endpoints ' || $1, 0))", caller.Tenant), cancel);
        if (await session.Scalar<long>(new Statement("select count(*) from webhook_endpoints where deleted_at is null"), cancel) >= options.Value.EndpointsATenant)
            return TooMany;

        var (id, secret) = (Ids.New(), WebhookSignature.NewSecret());
        await session.Execute(
            new Statement(
                "insert into webhook_endpoints (id, tenant_id, url, sealed_secret, version) values ($1, $2, $3, $4, 0)",
                id, caller.Tenant, check.Value.Input.Url, secrets.Seal(secret, EndpointAccess.SecretContext(id))),
            cancel);
        await Write(session, id, check.Value, cancel);
        return new WebhookEndpointWithSecret(await Done(session, caller, id, "created", Summary(check.Value.Input), cancel), secret);
    }

    /// <summary>Replaces an endpoint's configuration, if it still is at the expected version. Its secret stays.</summary>
    public async Task<Outcome<WebhookEndpoint>> Replace(
        Caller caller, Guid id, ExpectedVersion expected, WebhookEndpointInput input, CancellationToken cancel)
    {
        await using var session = await postgres.Tenant(caller.Tenant, cancel);
        await session.Execute(SenderFirst(id), cancel);
        if (await Locked(session, id, expected, cancel) is { } refusal)
            return refusal;
        var check = EndpointCheck.Check(input, guard, await Stored(session, id, cancel));
        if (check.Failure is { } invalid)
            return invalid;
        if (await Unknown(session, input.ConnectorIds, cancel) is { } unknown)
            return unknown;
        await session.ExecuteAll([NotFailing(id), TrySoon(id)], cancel);
        await Write(session, id, check.Value, cancel);
        return await Done(session, caller, id, "replaced", Summary(check.Value.Input), cancel);
    }

    /// <summary>Removes an endpoint, if it still is at the expected version. What waits for it is not sent.</summary>
    public async Task<Outcome<Done>> Delete(Caller caller, Guid id, ExpectedVersion expected, CancellationToken cancel)
    {
        await using var session = await postgres.Tenant(caller.Tenant, cancel);
        if (await Locked(session, id, expected, cancel) is { } refusal)
            return refusal;
        await session.Execute(
            new Statement(
                """
                update webhook_endpoints
                set deleted_at = clock_timestamp(), enabled = false, sealed_secret = '', sealed_former = null, sealed_credentials = null
                where id = $1
                """,
                id),
            cancel);
        await session.Execute(AuditTrail.Entry(caller.Actor, caller.Tenant, "webhook_endpoint.deleted", id.ToString()), cancel);
        await session.Commit(cancel);
        return default(Done);
    }

    /// <summary>Enables or disables an endpoint. What happens while it is disabled it is not told of; what waits, waits.</summary>
    public async Task<Outcome<WebhookEndpoint>> SetEnabled(Caller caller, Guid id, bool enabled, CancellationToken cancel)
    {
        await using var session = await postgres.Tenant(caller.Tenant, cancel);
        await session.Execute(SenderFirst(id), cancel);
        if (await Find(session, id, cancel, lockRow: true) is not { } endpoint)
            return new Failure.NotFound();
        if (endpoint.Enabled == enabled)
            return endpoint;
        await session.ExecuteAll(
            [
                new Statement(
                    "update webhook_endpoints set enabled = $2, disabled_code = null, disabled_detail = null, version = version + 1, updated_at = now() where id = $1",
                    id, enabled),
                NotFailing(id),
                .. enabled ? [TrySoon(id)] : Array.Empty<Statement>(),
            ],
            cancel);
        return await Done(session, caller, id, enabled ? "enabled" : "disabled", null, cancel);
    }

    /// <summary>Gives an endpoint another secret. For a day both sign, so that the receiver can change over.</summary>
    public async Task<Outcome<WebhookEndpointWithSecret>> Rotate(Caller caller, Guid id, WebhookSecretInput input, CancellationToken cancel)
    {
        if (input.Secret is { } own && !EndpointCheck.IsSecret(own))
            return new Failure.Invalid("/secret", "invalid_secret", "A secret is whsec_ and the base64 of 24 to 64 bytes.");
        await using var session = await postgres.Tenant(caller.Tenant, cancel);
        if (await Find(session, id, cancel, lockRow: true) is null)
            return new Failure.NotFound();
        var secret = input.Secret ?? WebhookSignature.NewSecret();
        await session.Execute(
            new Statement(
                """
                update webhook_endpoints
                set sealed_former = sealed_secret, former_until = clock_timestamp() + $3, sealed_secret = $2, version = version + 1, updated_at = now()
                where id = $1
                """,
                id, secrets.Seal(secret, EndpointAccess.SecretContext(id)), options.Value.Overlap),
            cancel);
        return new WebhookEndpointWithSecret(await Done(session, caller, id, "secret_rotated", null, cancel), secret);
    }

    internal static Task<WebhookEndpoint?> Find(TenantSession session, Guid id, CancellationToken cancel, bool lockRow = false) =>
        session.First(
            new Statement($"select {WebhookEndpoint.Columns} from webhook_endpoints e where id = $1 and deleted_at is null {(lockRow ? "for no key update of e" : "")}", id),
            WebhookEndpoint.Read, cancel);

    private static async Task<WebhookEndpoint> Done(
        TenantSession session, Caller caller, Guid id, string what, object? detail, CancellationToken cancel)
    {
        await session.Execute(AuditTrail.Entry(caller.Actor, caller.Tenant, $"webhook_endpoint.{what}", id.ToString(), detail), cancel);
        var endpoint = (await Find(session, id, cancel))!;
        await session.Commit(cancel);
        return endpoint;
    }

    private static async Task<Failure?> Locked(TenantSession session, Guid id, ExpectedVersion expected, CancellationToken cancel) =>
        await Find(session, id, cancel, lockRow: true) is not { } endpoint ? new Failure.NotFound()
        : expected.Is(endpoint.Version) ? null : new Failure.Stale();

    private Task<StoredCredentials?> Stored(TenantSession session, Guid id, CancellationToken cancel) =>
        session.First(
            new Statement("select url, header_names, authentication, sealed_credentials from webhook_endpoints where id = $1", id),
            row => new StoredCredentials(
                new(row.GetString(0)),
                row.GetFieldValue<string[]>(1),
                row.IsDBNull(2) ? null : DomainJson.Read<EndpointAuthentication>(row.GetString(2)),
                row.IsDBNull(3)
                    ? new([], null, null)
                    : DomainJson.Read<EndpointCredentials>(secrets.Open(row.GetFieldValue<byte[]>(3), EndpointAccess.CredentialsContext(id)))),
            cancel);

    // In the order in which attempts are recorded, so that neither waits for the other in a circle.
    private static Statement SenderFirst(Guid id) => new("select from webhook_senders where endpoint_id = $1 for no key update", id);

    // What failed under another configuration says nothing of this one.
    private static Statement NotFailing(Guid id) => new("update webhook_senders set failing_since = null where endpoint_id = $1", id);

    // Nor does what waits have to wait for long; but until no node can take it to where the former one led: there it might fail anew.
    private static Statement TrySoon(Guid id) => new(
        """
        update webhook_deliveries set next_at = clock_timestamp() + $2
        where endpoint_id = $1 and state = 'retrying' and next_at > clock_timestamp() + $2
        """,
        id, 2 * EndpointCallers.LookAgain);

    private Task<int> Write(TenantSession session, Guid id, CheckedEndpoint endpoint, CancellationToken cancel)
    {
        var (input, credentials) = (endpoint.Input, endpoint.Credentials);
        return session.Execute(
            new Statement(
                """
                update webhook_endpoints set
                    url = $2, description = $3::text, event_types = $4, connector_ids = $5, header_names = $6, rate = $7::integer, strict_order = $8,
                    authentication = $9, certificate = $10::text, authority = $11::text, sealed_credentials = $12, version = version + 1, updated_at = now()
                where id = $1
                """,
                id, input.Url, input.Description, input.EventTypes.ToArray(), input.ConnectorIds.ToArray(), input.Headers.Select(h => h.Name).ToArray(),
                input.Rate, input.StrictOrder, Statement.Json(input.Authentication is { } authentication ? DomainJson.Write(authentication) : null),
                input.Certificate?.Certificate, input.Authority,
                secrets.Seal(DomainJson.Write(credentials), EndpointAccess.CredentialsContext(id))),
            cancel);
    }

    private static async Task<Failure?> Unknown(TenantSession session, IReadOnlyList<Guid> connectors, CancellationToken cancel)
    {
        if (connectors.Count == 0)
            return null;
        var known = await session.Query(
            new Statement("select id from connectors where id = any($1) and deleted_at is null", connectors.ToArray()), row => row.GetGuid(0), cancel);
        var unknown = connectors.Select((id, index) => (id, index)).Where(c => !known.Contains(c.id)).ToList();
        return unknown is []
            ? null
            : new Failure.Invalid([.. unknown.Select(c => new FieldError($"/connectorIds/{c.index}", "unknown_connector", "There is no such connector."))]);
    }

    private static object Summary(WebhookEndpointInput input) => new { Host = new Uri(input.Url).Authority, input.EventTypes, input.ConnectorIds };
}
