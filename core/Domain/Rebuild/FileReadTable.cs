using QualityIngest.Database;
using QualityIngest.Domain.Files;
using QualityIngest.EventStore;

namespace QualityIngest.Domain.Rebuild;

/// <summary>The ledger of files.</summary>
public sealed class FileReadTable : IReadTable
{
    /// <inheritdoc/>
    public string Name => "files";

    /// <inheritdoc/>
    public string StreamType => FileState.StreamType;

    /// <inheritdoc/>
    public IReadOnlyList<(string Table, string Id)> Rows { get; } = [("files", "id")];

    /// <inheritdoc/>
    public async Task Write(PipelineSession session, IReadOnlyList<StreamHistory> streams, CancellationToken cancel)
    {
        var rows = streams.Select(Row.Of).ToList();
        await FileProjection.Write(session.Transaction, session.Tenant, rows.ConvertAll(row => row.State), cancel);
        await session.Execute(
            new Statement(
                """
                update files f set discovered_at = m.discovered_at, updated_at = m.updated_at, seen_at = m.seen_at
                from (
                    select $1 as tenant_id, m.* from unnest($2::uuid[], $3::timestamptz[], $4::timestamptz[], $5::timestamptz[])
                        as m (id, discovered_at, updated_at, seen_at)
                    offset 0 -- see docs/decisions
                ) m
                where f.tenant_id = m.tenant_id and f.id = m.id
                """,
                session.Tenant,
                rows.Select(row => row.State.Id).ToArray(),
                rows.Select(row => row.DiscoveredAt.UtcDateTime).ToArray(),
                rows.Select(row => row.UpdatedAt.UtcDateTime).ToArray(),
                rows.Select(row => row.SeenAt.UtcDateTime).ToArray()),
            cancel);
    }

    /// <summary>A file, and when what its row says of it came to be: of a version, when it was first seen as it is.</summary>
    private sealed record Row(FileState State, DateTimeOffset DiscoveredAt, DateTimeOffset UpdatedAt, DateTimeOffset SeenAt)
    {
        public static Row Of(StreamHistory stream)
        {
            Row? row = null;
            foreach (var append in Append.Of(stream))
            {
                var state = append.Events.Aggregate(row?.State ?? new FileState { Id = stream.Stream }, FileState.Apply);
                var same = row is not null && (row.State.Etag, row.State.Removed) == (state.Etag, state.Removed);
                row = new(state, row?.DiscoveredAt ?? append.At, append.At, same ? row!.SeenAt : append.At);
            }

            return row!;
        }
    }
}
