using System.Text.Json;
using QualityIngest.Database;

namespace QualityIngest.Domain.Tenants;

/// <summary>One change of configuration.</summary>
/// <param name="Id">Rises with time.</param>
/// <param name="Tenant">Whose configuration; null: the installation's.</param>
/// <param name="At">When it was done.</param>
/// <param name="Actor">Who: <c>key:</c> and the API key's id.</param>
/// <param name="Action">What was done, e.g. <c>queue.created</c>.</param>
/// <param name="ResourceType">What it was done to, e.g. <c>queue</c>.</param>
/// <param name="ResourceId">Which of that type.</param>
/// <param name="Detail">What else is worth knowing; never a secret.</param>
public sealed record AuditEntry(
    long Id, string? Tenant, DateTimeOffset At, string Actor, string Action, string ResourceType, string ResourceId,
    IReadOnlyDictionary<string, JsonElement> Detail);

/// <summary>Who changed what, and when. A change and its audit row are one transaction.</summary>
public sealed class AuditTrail(Postgres postgres)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>The statement that records a change.</summary>
    /// <param name="actor">Who; see <see cref="Caller.Actor"/>.</param>
    /// <param name="tenant">Whose configuration; null: the installation's.</param>
    /// <param name="action">What was done: the resource, a dot, a verb in the past tense.</param>
    /// <param name="resourceId">Which one.</param>
    /// <param name="detail">Written as JSON; never a secret.</param>
    public static Statement Entry(string actor, string? tenant, string action, string resourceId, object? detail = null) => new(
        """
        insert into audit (tenant_id, actor, action, resource_type, resource_id, detail)
        values ($1::text, $2, $3, split_part($3, '.', 1), $4, $5::jsonb)
        """,
        tenant, actor, action, resourceId, JsonSerializer.Serialize(detail ?? new { }, Json));

    /// <summary>The changes, latest first.</summary>
    /// <param name="tenant">Those of one tenant; null: all.</param>
    /// <param name="page">Which page.</param>
    /// <param name="cancel">Stops the query.</param>
    public async Task<Page<AuditEntry, long>> List(string? tenant, PageRequest<long> page, CancellationToken cancel)
    {
        await using var session = await postgres.System(cancel);
        var rows = await session.Query(
            new Statement(
                """
                select id, tenant_id, at, actor, action, resource_type, resource_id, detail from audit
                where ($1::text is null or tenant_id = $1) and ($2::bigint is null or id < $2)
                order by id desc limit $3
                """,
                tenant, page.After?.Id, page.Limit + 1),
            row => new AuditEntry(
                row.GetInt64(0),
                row.IsDBNull(1) ? null : row.GetString(1),
                row.GetFieldValue<DateTimeOffset>(2),
                row.GetString(3),
                row.GetString(4),
                row.GetString(5),
                row.GetString(6),
                JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(row.GetString(7))!),
            cancel);
        return Page.Of(rows, page, entry => new Position<long>(entry.At, entry.Id));
    }
}
