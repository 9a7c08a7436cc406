using System.Globalization;
using Npgsql;

namespace QualityIngest.EventStore;

/// <summary>
/// The statements on <c>events.mt_streams</c>: lock, move on, begin. They are shaped so that each stream costs one probe of the key
/// whatever the planner believes: of a tenant that it has no statistics on yet it expects one row, and would rather read the whole
/// tenant than a thousand streams of it. Hence the lateral probes, and a tenant that joins instead of a constant.
/// </summary>
internal static class StreamRows
{
    /// <summary>Limits how long the transaction waits for each lock from now on.</summary>
    public static NpgsqlBatchCommand Wait(TimeSpan patience) =>
        new(string.Create(CultureInfo.InvariantCulture, $"set local lock_timeout = {(long)patience.TotalMilliseconds}"));

    /// <summary>Locks the streams that exist, in id order, and returns id and version of each.</summary>
    public static NpgsqlBatchCommand Lock(string tenant, Guid[] streams) => new(
        """
        select locked.id, locked.version
        from (select id from unnest($2) as ids (id) order by id) wanted
        cross join lateral (
            select id, version from events.mt_streams
            where tenant_id = $1 and id = wanted.id
            for update
        ) locked
        """)
    {
        Parameters = { Parameter.Text(tenant), Parameter.Uuids(streams) },
    };

    /// <summary>Moves locked streams on, as far as they are at their expected version.</summary>
    public static NpgsqlBatchCommand Advance(string tenant, StreamMove[] moves) => moves is [var only]
        ? new("update events.mt_streams set version = $4, timestamp = now() where tenant_id = $1 and id = $2 and version = $3")
        {
            Parameters = { Parameter.Text(tenant), Parameter.Uuid(only.Id), Parameter.Bigint(only.Expected), Parameter.Bigint(only.Version) },
        }
        : new(
            """
            update events.mt_streams s
            set version = moved.version, timestamp = now()
            from (
                select $1 as tenant_id, id, expected, version
                from unnest($2, $3, $4) as moves (id, expected, version)
                offset 0 -- keeps the tenant a column
            ) moved
            where s.tenant_id = moved.tenant_id and s.id = moved.id and s.version = moved.expected
            """)
        {
            Parameters =
            {
                Parameter.Text(tenant),
                Parameter.Uuids(Array.ConvertAll(moves, m => m.Id)),
                Parameter.Bigints(Array.ConvertAll(moves, m => m.Expected)),
                Parameter.Bigints(Array.ConvertAll(moves, m => m.Version)),
            },
        };

    /// <summary>
    /// Begins streams in id order, waiting for whoever is beginning the same one, and returns the ids that were free.
    /// </summary>
    public static NpgsqlBatchCommand Begin(string tenant, StreamMove[] moves) => new(
        """
        insert into events.mt_streams (tenant_id, id, type, version)
        select $1, id, type, version from unnest($2, $3, $4) as begun (id, type, version)
        order by id
        on conflict (tenant_id, id) do nothing
        returning id
        """)
    {
        Parameters =
        {
            Parameter.Text(tenant),
            Parameter.Uuids(Array.ConvertAll(moves, m => m.Id)),
            Parameter.Texts(Array.ConvertAll(moves, m => m.Type)),
            Parameter.Bigints(Array.ConvertAll(moves, m => m.Version)),
        },
    };
}
