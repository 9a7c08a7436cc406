using Npgsql;

namespace QualityIngest.EventStore;

/// <summary>Takes an append's streams from their expected versions to their new ones, and keeps them locked.</summary>
internal static class StreamMoves
{
    /// <summary>A page of streams ends with the one that reaches this many streams or events.</summary>
    private const int PageStreams = 500, PageEvents = 5_000;

    /// <summary>
    /// Locks and moves existing streams, then begins new ones, then takes the transaction id: one round trip, before any event
    /// draws its number. Says whether row-level security stands in the way of COPY.
    /// </summary>
    /// <exception cref="ConcurrencyException">A stream is not at its expected version.</exception>
    public static async Task<bool> Make(NpgsqlTransaction tx, string tenant, AppendPlan plan, TimeSpan patience, CancellationToken cancel)
    {
        await using var batch = new NpgsqlBatch(tx.Connection, tx) { BatchCommands = { StreamRows.Wait(patience) } };
        if (plan.Existing.Length > 0)
        {
            batch.BatchCommands.Add(StreamRows.Lock(tenant, Array.ConvertAll(plan.Existing, m => m.Id)));
            batch.BatchCommands.Add(StreamRows.Advance(tenant, plan.Existing));
        }

        if (plan.New.Length > 0)
            batch.BatchCommands.Add(StreamRows.Begin(tenant, plan.New));
        batch.BatchCommands.Add(new NpgsqlBatchCommand("select pg_current_xact_id(), row_security_active('events.mt_events')"));

        await using var reader = await batch.ExecuteReaderAsync(cancel);
        if (plan.Existing.Length > 0)
        {
            var versions = new Dictionary<Guid, long>(plan.Existing.Length);
            while (await reader.ReadAsync(cancel))
                versions.Add(reader.GetGuid(0), reader.GetInt64(1));
            RefuseUnless(plan.Existing, move => versions.GetValueOrDefault(move.Id) == move.Expected);
            await reader.NextResultAsync(cancel);
        }

        if (plan.New.Length > 0)
        {
            var begun = new HashSet<Guid>(plan.New.Length);
            while (await reader.ReadAsync(cancel))
                begun.Add(reader.GetGuid(0));
            RefuseUnless(plan.New, move => begun.Contains(move.Id));
            await reader.NextResultAsync(cancel);
        }

        await reader.ReadAsync(cancel);
        return reader.GetBoolean(1);
    }

    /// <summary>
    /// Fails the transaction on the server, so that a caller who overlooks the conflict cannot commit the streams
    /// that did move without their events.
    /// </summary>
    public static async Task Doom(NpgsqlTransaction tx, ConcurrencyException conflict, CancellationToken cancel)
    {
        // A cast that cannot succeed puts the sentence into the server's log as well.
        await using var command = new NpgsqlCommand("select cast($1 as bigint)", tx.Connection, tx)
        {
            Parameters = { Parameter.Text(conflict.Message) },
        };
        try
        {
            await command.ExecuteNonQueryAsync(cancel);
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.InvalidTextRepresentation)
        {
        }
    }

    /// <summary>The next streams of a type after an id, in id order.</summary>
    public static async Task<Guid[]> NextPage(
        NpgsqlTransaction tx, string tenant, string streamType, Guid after, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            "select id, version from events.mt_streams where tenant_id = $1 and type = $2 and id > $3 order by id limit $4",
            tx.Connection,
            tx)
        {
            Parameters =
            {
                Parameter.Text(tenant),
                Parameter.Text(streamType),
                Parameter.Uuid(after),
                Parameter.Bigint(PageStreams),
            },
        };
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var page = new List<Guid>(PageStreams);
        for (var events = 0L; events < PageEvents && await reader.ReadAsync(cancel); events += reader.GetInt64(1))
            page.Add(reader.GetGuid(0));
        return [.. page];
    }

    private static void RefuseUnless(StreamMove[] moves, Predicate<StreamMove> holds)
    {
        foreach (var move in moves)
        {
            if (!holds(move))
                throw new ConcurrencyException(move.Id, move.Expected);
        }
    }
}
