using Npgsql;

namespace QualityIngest.EventStore;

/// <summary>The statements on <c>events.mt_streams</c>: lock, move on, begin.</summary>
internal static class StreamRows
{
    /// <summary>Locks the streams that exist, in id order, and returns id and version of each.</summary>
    public static NpgsqlBatchCommand Lock(string tenant, Guid[] streams) => new(
        """
        select id, version from events.mt_streams
        where tenant_id = $1 and id = any($2)
        order by id
        for update
        """)
    {
        Parameters = { Parameter.Text(tenant), Parameter.Uuids(streams) },
    };

    /// <summary>Moves locked streams on; touches as many rows as are at their expected version.</summary>
    public static NpgsqlBatchCommand Advance(string tenant, StreamMove[] moves) => new(
        """
        update events.mt_streams s
        set version = moved.version, timestamp = now()
        from unnest($2, $3, $4) as moved (id, expected, version)
        where s.tenant_id = $1 and s.id = moved.id and s.version = moved.expected
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
