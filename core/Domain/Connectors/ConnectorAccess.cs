using QualityIngest.Database;
using QualityIngest.Domain.Sources;

namespace QualityIngest.Domain.Connectors;

/// <summary>A connector together with the bucket that it reads.</summary>
public sealed record OpenConnector(Connector Connector, SourceAccess Access, S3Source Source)
{
    /// <summary>Whether the source itself can be read: then a refused object is that object's fault, and one object stops no connector.</summary>
    public async Task<bool> StillReadable(CancellationToken cancel)
    {
        try
        {
            await Source.Probe(cancel);
            return true;
        }
        catch (SourceException)
        {
            return false;
        }
    }
}

/// <summary>Opens the bucket of a stored connector: unseals its secret and adds the tenant's external id and grants.</summary>
public sealed class ConnectorAccess(Postgres postgres, SecretBox secrets, S3Sources sources)
{
    /// <summary>The context that a connector's secret is sealed in.</summary>
    public static string SecretContext(Guid connector) => $"connector:{connector:N}";

    /// <summary>
    /// Opens the connector for work on a source; where it was removed or reads another source by now, another one of that
    /// source, which takes over what it left; null where there is none.
    /// </summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="id">The connector.</param>
    /// <param name="source">The source that the work is about; null: the connector's.</param>
    /// <param name="cancel">Stops the query.</param>
    /// <exception cref="SourceException">Its credentials cannot even be formed.</exception>
    public async Task<OpenConnector?> Open(string tenant, Guid id, Guid? source, CancellationToken cancel)
    {
        await using var session = await postgres.System(cancel);
        var connector = await session.First(
            new Statement(
                $"""
                select {Connector.Columns} from connectors
                where tenant_id = $1 and deleted_at is null
                  and source_id = coalesce($3::uuid, (select source_id from connectors where tenant_id = $1 and id = $2))
                order by id = $2 desc, enabled desc, created_at
                limit 1
                """,
                tenant, id, source),
            Connector.Read, cancel);
        if (connector is null)
            return null;

        var access = await Access(session, tenant, connector.Settings.Source, Unseal(connector), cancel);
        return new(connector, access, sources.Open(access));
    }

    /// <summary>The access that a configuration has, saved or not.</summary>
    public async Task<SourceAccess> Access(string tenant, SourceSettings settings, string? secret, CancellationToken cancel)
    {
        await using var session = await postgres.System(cancel);
        return await Access(session, tenant, settings, secret, cancel);
    }

    /// <summary>The connector's secret access key, or null where it has none.</summary>
    public string? Unseal(Connector connector) =>
        connector.SealedSecret is { } sealedSecret ? secrets.Open(sealedSecret, SecretContext(connector.Id)) : null;

    private static async Task<SourceAccess> Access(
        SystemSession session, string tenant, SourceSettings settings, string? secret, CancellationToken cancel)
    {
        var (externalId, granted) = await session.First(
            new Statement(
                """
                select t.external_id, exists (select 1 from service_grants g where g.tenant_id = t.id and g.bucket = $2)
                from tenants t where t.id = $1
                """,
                tenant, settings.Bucket()),
            row => (row.GetString(0), row.GetBoolean(1)), cancel);
        return new(settings, secret, externalId ?? throw new InvalidOperationException("The tenant is unknown."), granted);
    }
}
