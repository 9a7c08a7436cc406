using Npgsql;
using QualityIngest.Database;
using QualityIngest.Domain.Formats;
using QualityIngest.Domain.Ingest;
using QualityIngest.Domain.Quotas;
using QualityIngest.Domain.Scheduling;
using QualityIngest.Domain.Sources;
using QualityIngest.Domain.Tenants;

namespace QualityIngest.Domain.Connectors;

/// <summary>A tenant's connectors: configuration, each change with its audit row.</summary>
public sealed class ConnectorDirectory(
    Postgres postgres, WorkQueue queue, SecretBox secrets, Schedules schedules, FileFormats formats, QuotaReport quotas)
{
    private static readonly Failure NameTaken = new Failure.Conflict("connector_name_taken", "Another connector has this name.");

    /// <summary>The connectors, oldest first.</summary>
    public async Task<Page<Connector, Guid>> List(Caller caller, PageRequest<Guid> page, CancellationToken cancel)
    {
        await using var session = await postgres.Tenant(caller.Tenant, cancel);
        var rows = await session.Query(
            new Statement(
                $"""
                select {Connector.Columns} from connectors
                where deleted_at is null and ($1::timestamptz is null or (created_at, id) > ($1, $2::uuid))
                order by created_at, id limit $3
                """,
                page.After?.At, page.After?.Id, page.Limit + 1),
            Connector.Read, cancel);
        var connectors = Page.Of(rows, page, c => new Position<Guid>(c.CreatedAt, c.Id));
        return connectors with { Items = await quotas.Add(session, connectors.Items, cancel) };
    }

    /// <summary>One connector.</summary>
    public async Task<Outcome<Connector>> Get(Caller caller, Guid id, CancellationToken cancel)
    {
        await using var session = await postgres.Tenant(caller.Tenant, cancel);
        return await Find(session, id, cancel) is { } connector ? await WithQuota(session, connector, cancel) : new Failure.NotFound();
    }

    /// <summary>Makes a connector, enabled, with its format's default schedule.</summary>
    public async Task<Outcome<Connector>> Create(Caller caller, ConnectorInput input, CancellationToken cancel)
    {
        var check = ConnectorCheck.Check(input, formats.Names, secretStored: false);
        if (check.Failure is { } invalid)
            return invalid;
        var valid = check.Value;

        await using var session = await postgres.Tenant(caller.Tenant, cancel);
        var id = Ids.New();
        var source = await ClaimSource(session, caller.Tenant, input.Format, valid, cancel);
        if (await Overlapping(session, source, id, valid.Paths, cancel) is { } overlap)
            return overlap;
        if (await DefaultQueue.Refusal(session, valid.Settings, cancel) is { } refusal)
            return refusal;
        try
        {
            var connector = (await session.First(
                new Statement(
                    $"""
                    insert into connectors (id, tenant_id, source_id, name, format, namespace, settings, sealed_secret)
                    values ($1, $2, $3, $4, $5, $6, $7, $8::bytea)
                    returning {Connector.Columns}
                    """,
                    id, caller.Tenant, source, valid.Name, input.Format, valid.Namespace ?? source.ToString("N"), Statement.Json(DomainJson.Write(valid.Settings)),
                    Seal(id, valid.Secret)),
                Connector.Read, cancel))!;
            await session.Execute(AuditTrail.Entry(caller.Actor, caller.Tenant, "connector.created", id.ToString(), Summary(valid)), cancel);
            await SetDefaultSchedule(session, caller.Tenant, connector, cancel);
            await queue.Enqueue(session, caller.Tenant, await RemappedBatches.Items(session, connector, cancel), cancel);
            connector = await WithQuota(session, connector, cancel);
            await session.Commit(cancel);
            return connector;
        }
        catch (PostgresException taken) when (taken.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return NameTaken;
        }
    }

    /// <summary>
    /// Replaces a connector's configuration, if it still is at the expected version. Access keys without a secret keep the stored one.
    /// What is held is looked at again, batches of which it says another kind than they were read as are imported again, and a
    /// suspended connector is probed at once.
    /// </summary>
    public async Task<Outcome<Connector>> Replace(
        Caller caller, Guid id, ExpectedVersion expected, ConnectorInput input, CancellationToken cancel)
    {
        await using var session = await postgres.Tenant(caller.Tenant, cancel);
        if (await Find(session, id, cancel, lockRow: true) is not { } stored)
            return new Failure.NotFound();
        if (!expected.Is(stored.Version))
            return new Failure.Stale();

        var check = ConnectorCheck.Check(input, formats.Names, KeepsSecret(stored, input));
        if (check.Failure is { } invalid)
            return invalid;
        var valid = check.Value;
        if (input.Format != stored.Format)
            return new Failure.Conflict("format_fixed", "A connector's format cannot change. Create another connector.");
        var @namespace = valid.Namespace ?? stored.Namespace;
        if (@namespace != stored.Namespace && await HasIngested(session, id, cancel))
            return new Failure.Conflict("namespace_fixed", "The namespace cannot change once a conversation or a batch has come.");
        var source = await ClaimSource(session, caller.Tenant, input.Format, valid, cancel);
        if (stored.Enabled && await Overlapping(session, source, id, valid.Paths, cancel) is { } overlap)
            return overlap;
        if (await DefaultQueue.Refusal(session, valid.Settings, cancel) is { } refusal)
            return refusal;

        try
        {
            var connector = (await session.First(
                new Statement(
                    $"""
                    update connectors set
                        source_id = $2, name = $3, namespace = $4, settings = $5, sealed_secret = $6::bytea,
                        probe_at = case when suspended_at is null then probe_at else clock_timestamp() end,
                        version = version + 1, updated_at = now()
                    where id = $1
                    returning {Connector.Columns}
                    """,
                    id, source, valid.Name, @namespace, Statement.Json(DomainJson.Write(valid.Settings)), Secret(stored, valid)),
                Connector.Read, cancel))!;
            await queue.Enqueue(
                session, caller.Tenant, [ReleaseStep.Item(id), .. await RemappedBatches.Items(session, connector, cancel)], cancel);
            await session.Execute(AuditTrail.Entry(caller.Actor, caller.Tenant, "connector.replaced", id.ToString(), Summary(valid)), cancel);
            connector = await WithQuota(session, connector, cancel);
            await session.Commit(cancel);
            return connector;
        }
        catch (PostgresException taken) when (taken.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return NameTaken;
        }
    }

    /// <summary>
    /// Removes a connector, if it still is at the expected version. Its conversations and its source's ledger stay;
    /// work that it leaves is done by another connector of the source, or fails as <c>connector_removed</c>.
    /// </summary>
    public async Task<Outcome<Done>> Delete(Caller caller, Guid id, ExpectedVersion expected, CancellationToken cancel)
    {
        await using var session = await postgres.Tenant(caller.Tenant, cancel);
        if (await Find(session, id, cancel, lockRow: true) is not { } stored)
            return new Failure.NotFound();
        if (!expected.Is(stored.Version))
            return new Failure.Stale();
        await session.Execute(
            new Statement(
                """
                update connectors set deleted_at = clock_timestamp(), enabled = false, sealed_secret = null, schedule = null,
                    version = version + 1, updated_at = now()
                where id = $1
                """,
                id),
            cancel);
        await schedules.Remove(session, id, cancel);
        await queue.OpenLane(session, caller.Tenant, id, cancel);
        await session.Execute(AuditTrail.Entry(caller.Actor, caller.Tenant, "connector.deleted", id.ToString()), cancel);
        await session.Commit(cancel);
        return default(Done);
    }

    /// <summary>Enables or disables a connector. Disabled, its work is not begun; what runs is drained.</summary>
    public async Task<Outcome<Connector>> SetEnabled(Caller caller, Guid id, bool enabled, CancellationToken cancel)
    {
        await using var session = await postgres.Tenant(caller.Tenant, cancel);
        if (await Find(session, id, cancel, lockRow: true) is not { } stored)
            return new Failure.NotFound();
        if (stored.Enabled == enabled)
            return await WithQuota(session, stored, cancel);
        var paths = stored.Settings.Source.Paths.All().Select(p => p.Path).ToList();
        if (enabled)
            await LockSource(session, stored.SourceId, cancel);
        if (enabled && await Overlapping(session, stored.SourceId, id, paths, cancel) is { } overlap)
            return overlap;

        var connector = (await session.First(
            new Statement(
                $"update connectors set enabled = $2, version = version + 1, updated_at = now() where id = $1 returning {Connector.Columns}",
                id, enabled),
            Connector.Read, cancel))!;
        if (!enabled)
            await queue.CloseLane(session, caller.Tenant, id, cancel);
        else if (stored.Suspension is null)
            await queue.OpenLane(session, caller.Tenant, id, cancel);
        await session.Execute(
            AuditTrail.Entry(caller.Actor, caller.Tenant, enabled ? "connector.enabled" : "connector.disabled", id.ToString()), cancel);
        connector = await WithQuota(session, connector, cancel);
        await session.Commit(cancel);
        return connector;
    }

    /// <summary>One connector; locked against others that change it or share it, not against rows that only name it.</summary>
    internal static Task<Connector?> Find(Session session, Guid id, CancellationToken cancel, bool lockRow = false) =>
        session.First(
            new Statement(
                $"select {Connector.Columns} from connectors where id = $1 and deleted_at is null {(lockRow ? "for no key update" : "")}", id),
            Connector.Read, cancel);

    /// <summary>Whether the stored secret goes on to serve: the same access key, at the same endpoint.</summary>
    internal static bool KeepsSecret(Connector stored, ConnectorInput input) =>
        stored is { SealedSecret: not null, Settings.Source: { Credentials: AccessKeyCredentials before } source }
        && input.Source is { Credentials: AccessKeyCredentials now } next
        && before.AccessKeyId == now.AccessKeyId
        && source.Endpoint == next.Endpoint?.TrimEnd('/');

    /// <summary>The source's row, made where it is new and locked, so that two connectors cannot overlap unseen.</summary>
    private static async Task<Guid> ClaimSource(
        TenantSession session, string tenant, string format, CheckedInput valid, CancellationToken cancel)
    {
        var id = valid.SourceId(tenant, format);
        await session.Execute(
            new Statement(
                "insert into sources (id, tenant_id, endpoint, bucket, format) values ($1, $2, $3, $4, $5) on conflict do nothing",
                id, tenant, valid.Settings.Source.Endpoint ?? "", valid.Bucket, format),
            cancel);
        await LockSource(session, id, cancel);
        return id;
    }

    private static Task<int> LockSource(TenantSession session, Guid source, CancellationToken cancel) =>
        session.Execute(new Statement("select from sources where id = $1 for update", source), cancel);

    private static async Task<Failure?> Overlapping(
        TenantSession session, Guid source, Guid self, IReadOnlyList<S3Path> paths, CancellationToken cancel)
    {
        var others = await session.Query(
            new Statement(
                $"select {Connector.Columns} from connectors where source_id = $1 and id <> $2 and enabled and deleted_at is null", source, self),
            Connector.Read, cancel);
        var other = others.FirstOrDefault(o => o.Settings.Source.Paths.All().Any(theirs => paths.Any(theirs.Path.Overlaps)));
        return other is null
            ? null
            : new Failure.Conflict("paths_overlap", $"The enabled connector “{other.Name}” reads an overlapping path of the same bucket.");
    }

    private async Task SetDefaultSchedule(TenantSession session, string tenant, Connector connector, CancellationToken cancel)
    {
        var now = await session.Scalar<DateTime>(new Statement("select clock_timestamp()"), cancel);
        if (DefaultSchedules.Of(connector.Format, now) is not { } schedule)
            return;
        var definite = await schedules.Set(session, tenant, connector.Id, schedule, cancel);
        await session.Execute(
            new Statement("update connectors set schedule = $2 where id = $1", connector.Id, Statement.Json(DomainJson.Write(definite))), cancel);
    }

    private async Task<Connector> WithQuota(TenantSession session, Connector connector, CancellationToken cancel) =>
        (await quotas.Add(session, [connector], cancel))[0];

    private static Task<bool> HasIngested(TenantSession session, Guid id, CancellationToken cancel) =>
        session.Scalar<bool>(
            new Statement(
                """
                select exists (select 1 from conversations where connector_id = $1)
                    or exists (select 1 from feed_imports where connector_id = $1)
                """,
                id),
            cancel);

    private byte[]? Secret(Connector stored, CheckedInput valid) =>
        valid.Settings.Source.Credentials is not AccessKeyCredentials ? null
        : valid.Secret is null ? stored.SealedSecret
        : Seal(stored.Id, valid.Secret);

    private byte[]? Seal(Guid id, string? secret) => secret is null ? null : secrets.Seal(secret, ConnectorAccess.SecretContext(id));

    private static object Summary(CheckedInput valid) => new
    {
        valid.Name,
        valid.Settings.Source.Region,
        valid.Settings.Source.Endpoint,
        Paths = valid.Paths.Select(p => p.Stored),
        Credentials = valid.Settings.Source.Credentials.GetType().Name.Replace("Credentials", "", StringComparison.Ordinal),
    };
}
