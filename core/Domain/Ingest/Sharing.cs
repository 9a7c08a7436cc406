using QualityIngest.Database;
using QualityIngest.Domain.Connectors;
using QualityIngest.Domain.Formats;

namespace QualityIngest.Domain.Ingest;

/// <summary>
/// A batch's share of the configuration it decides by. Whoever changes a mapping, the agents or a default takes the same rows
/// for update and enqueues a release in that transaction: either the batch sees the change, or the release sees the batch.
/// </summary>
public sealed record Sharing(Guid ConnectorId, string Namespace, ConnectorSettings Settings)
{
    /// <summary>Takes the share locks and reads the configuration as it is then.</summary>
    public static async Task<Sharing> Take(PipelineSession session, Guid connector, CancellationToken cancel)
    {
        // The statement's snapshot is older than the lock it may have waited for; what it locked, it re-reads.
        var sharing = await session.First(
            new Statement(
                "select namespace, settings from connectors where tenant_id = $1 and id = $2 for share", session.Tenant, connector),
            row => new Sharing(connector, row.GetString(0), DomainJson.Read<ConnectorSettings>(row.GetString(1))), cancel);
        await session.Execute(
            new Statement("select version from agent_directories where tenant_id = $1 for share", session.Tenant), cancel);
        return sharing ?? throw new InvalidOperationException($"Connector {connector} is not known.");
    }

    /// <summary>The mappings and agents that these rows need.</summary>
    public async Task<Assignments> Assignments(PipelineSession session, IReadOnlyCollection<ParsedConversation> rows, CancellationToken cancel)
    {
        var defaultAgent = Settings.DefaultAgentEmail?.ToLowerInvariant();
        var externalIds = rows.Where(r => r.AgentEmail is null).Select(r => r.AgentId).OfType<string>().Distinct().ToArray();
        var queues = await session.Query(
            new Statement(
                """
                select external_id, queue_id from queue_mappings
                where tenant_id = $1 and connector_id = $2 and external_id = any($3)
                """,
                session.Tenant, ConnectorId, rows.Select(r => r.QueueId).OfType<string>().Distinct().ToArray()),
            row => (Key: row.GetString(0), Id: row.GetGuid(1)), cancel);
        var agents = await session.Query(
            new Statement(
                """
                select id, email, null from agents where tenant_id = $1 and email = any($2)
                union all
                select id, null, external_id from agents where tenant_id = $1 and external_id = any($3)
                """,
                session.Tenant,
                rows.Select(r => r.AgentEmail ?? Ingest.Assignments.AsEmail(r.AgentId)).Append(defaultAgent).OfType<string>().Distinct().ToArray(),
                externalIds),
            row => (Id: row.GetGuid(0), Email: row.IsDBNull(1) ? null : row.GetString(1), ExternalId: row.IsDBNull(2) ? null : row.GetString(2)),
            cancel);
        return new(
            queues.ToDictionary(q => q.Key, q => q.Id),
            agents.Where(a => a.Email is not null).ToDictionary(a => a.Email!, a => a.Id),
            agents.Where(a => a.ExternalId is not null).ToDictionary(a => a.ExternalId!, a => a.Id),
            defaultAgent, Settings.DefaultQueue);
    }
}
