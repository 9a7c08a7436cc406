using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using QualityIngest.Database;
using QualityIngest.Domain.Ingest;
using QualityIngest.Domain.Sources;

namespace QualityIngest.Domain.Connectors;

/// <summary>Probes suspended connectors, with back-off, and resumes those whose bucket can be read again.</summary>
public sealed partial class ProbeLoop(
    Postgres postgres, ConnectorAccess access, ConnectorHealth health, IOptions<IngestOptions> options,
    ILogger<ProbeLoop> logger)
    : BackgroundService
{
    private readonly IngestOptions _options = options.Value;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!_options.Enabled)
            return;
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                while (await ProbeNext(stoppingToken))
                {
                }
            }
            catch (Npgsql.NpgsqlException broken)
            {
                LogAway(broken);
            }
            catch (Exception broken) when (broken is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                // The probe that was due is due again later. One connector's defect ends neither the others' probes nor the node.
                LogBroken(broken);
            }
        }
    }

    /// <summary>Probes the connector that has been due longest. False: none is due.</summary>
    private async Task<bool> ProbeNext(CancellationToken cancel)
    {
        var (tenant, id) = await ClaimDue(cancel);
        if (tenant is null)
            return false;
        try
        {
            if (await access.Open(tenant, id, source: null, cancel) is { } opened)
                await opened.Source.Probe(cancel);
            await health.Resume(tenant, id, cancel);
        }
        catch (SourceException refused)
        {
            LogStillRefused(id, refused.Failure.Code);
        }

        return true;
    }

    /// <summary>Takes the next due probe by pushing it to its next time: no other node takes it before.</summary>
    private async Task<(string? Tenant, Guid Id)> ClaimDue(CancellationToken cancel)
    {
        await using var session = await postgres.System(cancel);
        var due = await session.First(
            new Statement(
                """
                update connectors c set
                    probe_attempts = c.probe_attempts + 1,
                    probe_at = clock_timestamp() + least($1 * power(2, least(c.probe_attempts + 1, 20)), $2)
                where c.id = (
                    select id from connectors
                    where suspended_at is not null and deleted_at is null and probe_at <= clock_timestamp()
                    order by probe_at
                    limit 1
                    for update skip locked)
                returning c.tenant_id, c.id
                """,
                _options.ProbeFirst, _options.ProbeMax),
            row => (Tenant: (string?)row.GetString(0), Id: row.GetGuid(1)), cancel);
        await session.Commit(cancel);
        return due;
    }

    [LoggerMessage(2101, LogLevel.Information, "Connector {Connector} is still refused: {Code}.")]
    private partial void LogStillRefused(Guid connector, string code);

    [LoggerMessage(2102, LogLevel.Warning, "The database is away; connectors are probed later.")]
    private partial void LogAway(Exception broken);

    [LoggerMessage(2103, LogLevel.Error, "A probe stopped short; the connector is probed again later.")]
    private partial void LogBroken(Exception broken);
}
