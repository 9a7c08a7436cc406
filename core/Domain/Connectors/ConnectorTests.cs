using Microsoft.Extensions.Options;
using QualityIngest.Database;
using QualityIngest.Domain.Formats;
using QualityIngest.Domain.Sources;
using QualityIngest.Domain.Tenants;

namespace QualityIngest.Domain.Connectors;

/// <summary>Tests connectors, saved or not, and says what their bucket's owner has to allow.</summary>
public sealed class ConnectorTests(
    Postgres postgres, ConnectorAccess access, ConnectionTest test, ConnectorNotices notices, FileFormats formats,
    IOptions<DeploymentIdentityOptions> identity)
{
    /// <summary>Tests a stored connector. Where it fails and the test before did not, a notice says so.</summary>
    public async Task<Outcome<ConnectionTestReport>> Test(Caller caller, Guid id, CancellationToken cancel)
    {
        if (await Find(caller, id, cancel) is not { } connector)
            return new Failure.NotFound();
        var reading = await access.Access(caller.Tenant, connector.Settings.Source, access.Unseal(connector), cancel);
        var report = await test.Run(connector.Format, connector.Feeds, reading, cancel);
        await Remember(caller.Tenant, id, report, cancel);
        return report;
    }

    /// <summary>Tests a configuration that is not saved. Nothing of it is kept.</summary>
    public async Task<Outcome<ConnectionTestReport>> Test(Caller caller, ConnectorInput input, CancellationToken cancel)
    {
        var check = ConnectorCheck.Check(input, formats.Names, secretStored: false);
        if (check.Failure is { } invalid)
            return invalid;
        var reading = await access.Access(caller.Tenant, check.Value.Settings.Source, check.Value.Secret, cancel);
        return await test.Run(input.Format, check.Value.Settings.Feeds, reading, cancel);
    }

    /// <summary>The exact policies to paste, so that the connector may read and nothing more.</summary>
    public async Task<Outcome<AccessPolicyDocuments>> Policy(Caller caller, Guid id, CancellationToken cancel)
    {
        if (await Find(caller, id, cancel) is not { } connector)
            return new Failure.NotFound();
        var reading = await access.Access(caller.Tenant, connector.Settings.Source, null, cancel);
        return AccessPolicy.For(connector.Settings.Source, identity.Value.PrincipalArn, reading.ExternalId);
    }

    private async Task Remember(string tenant, Guid id, ConnectionTestReport report, CancellationToken cancel)
    {
        await using var session = await postgres.Tenant(tenant, cancel);
        var changed = await session.Execute(
            new Statement("update connectors set test_failed = $2 where id = $1 and test_failed <> $2 and deleted_at is null", id, !report.Passed), cancel);
        if (changed == 0)
            return;
        if (report.Checks.FirstOrDefault(check => check.Status == ConnectionCheckStatus.Failed) is { } failed)
            await notices.Tell(session, tenant, id, new ConnectorTestFailed(id, failed.Code!, failed.Message), cancel);
        await session.Commit(cancel);
    }

    private async Task<Connector?> Find(Caller caller, Guid id, CancellationToken cancel)
    {
        await using var session = await postgres.Tenant(caller.Tenant, cancel);
        return await ConnectorDirectory.Find(session, id, cancel);
    }
}
