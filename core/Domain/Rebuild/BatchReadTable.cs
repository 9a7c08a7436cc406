using QualityIngest.Database;
using QualityIngest.Domain.Feeds;
using QualityIngest.EventStore;

namespace QualityIngest.Domain.Rebuild;

/// <summary>The batches of feeds.</summary>
public sealed class BatchReadTable : IReadTable
{
    /// <inheritdoc/>
    public string Name => "batches";

    /// <inheritdoc/>
    public string StreamType => BatchState.StreamType;

    /// <inheritdoc/>
    public IReadOnlyList<(string Table, string Id)> Rows { get; } = [("batches", "id")];

    /// <inheritdoc/>
    public async Task Write(PipelineSession session, IReadOnlyList<StreamHistory> streams, CancellationToken cancel)
    {
        var rows = streams.Select(Row.Of).ToList();
        await BatchProjection.Write(session.Transaction, session.Tenant, rows.ConvertAll(row => row.State), cancel);
        await session.Execute(
            new Statement(
                """
                update batches b set discovered_at = m.discovered_at, updated_at = m.updated_at, imported_at = m.imported_at
                from (
                    select $1 as tenant_id, m.* from unnest($2::uuid[], $3::timestamptz[], $4::timestamptz[], $5::timestamptz[])
                        as m (id, discovered_at, updated_at, imported_at)
                    offset 0 -- see docs/decisions
                ) m
                where b.tenant_id = m.tenant_id and b.id = m.id
                """,
                session.Tenant,
                rows.Select(row => row.State.Id).ToArray(),
                rows.Select(row => row.DiscoveredAt.UtcDateTime).ToArray(),
                rows.Select(row => row.UpdatedAt.UtcDateTime).ToArray(),
                Statement.Times(rows.Select(row => row.ImportedAt))),
            cancel);
    }

    /// <summary>A batch, and when what its row says of it came to be: of what it shows, when that was last imported.</summary>
    private sealed record Row(BatchState State, DateTimeOffset DiscoveredAt, DateTimeOffset UpdatedAt, DateTimeOffset? ImportedAt)
    {
        public static Row Of(StreamHistory stream)
        {
            Row? row = null;
            foreach (var append in Append.Of(stream))
            {
                var state = append.Events.Aggregate(row?.State ?? new BatchState { Id = stream.Stream }, BatchState.Apply);
                row = new(
                    state, row?.DiscoveredAt ?? append.At, append.At, state.Status is BatchStatus.Imported ? append.At : row?.ImportedAt);
            }

            return row!;
        }
    }
}
