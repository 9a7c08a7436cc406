using QualityIngest.Database;
using QualityIngest.Domain.Connectors;
using QualityIngest.Domain.Files;
using QualityIngest.Domain.Formats;
using QualityIngest.Domain.Quotas;

namespace QualityIngest.Domain.Ingest;

/// <summary>What a sighting came to.</summary>
/// <param name="Diff">What it changed.</param>
/// <param name="Overtaken">Keys whose difference was left out, because something else was recorded of them since the store was asked.</param>
public sealed record Discovered(PageDiff Diff, IReadOnlySet<string> Overtaken);

/// <summary>
/// Sets what a store has shown against the ledger, and records the difference: file events and work in the caller's
/// transaction, under the locks of the file streams. Scans and notifications differ only in where the objects come from.
/// </summary>
public sealed class Discovery(Postgres postgres, WorkQueue queue, EventStore.EventStore events, FileFormats formats, DailyQuota quotas)
{
    /// <summary>The database's time, to be taken before the store is asked: <see cref="Sighting.At"/>.</summary>
    public async Task<DateTimeOffset> Now(string tenant, CancellationToken cancel)
    {
        await using var session = await postgres.Pipeline(tenant, cancel);
        return await session.Scalar<DateTimeOffset>(new Statement("select clock_timestamp()"), cancel);
    }

    /// <summary>
    /// Records a sighting. Of two looks at one object the later one counts: what another look recorded after this one began
    /// is not taken back, and the caller is told to look again.
    /// </summary>
    /// <param name="session">The transaction.</param>
    /// <param name="connector">The connector that looked.</param>
    /// <param name="sighting">What it saw.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <exception cref="EventStore.ConcurrencyException">Another sighting discovers one of these objects at this moment: look again.</exception>
    public async Task<Discovered> Record(PipelineSession session, Connector connector, Sighting sighting, CancellationToken cancel)
    {
        var judge = new ObjectJudge(formats[connector.Format], connector);
        var differences = await Differences(session, connector.SourceId, sighting, judge, cancel);
        var limited = quotas.Limits.ContainsKey(connector.Format) && differences.Any(d => d.Known);
        if (limited)
            await quotas.Lock(session, connector.Format, cancel);
        var locked = await events.Lock(
            session.Transaction, session.Tenant, [.. differences.Select(d => Ids.File(connector.SourceId, d.Key))], cancel);
        var states = locked.ToDictionary(s => s.Key, s => FileState.Fold(s.Key, s.Value.Events)!);
        var overtaken = await Overtaken(session, connector.SourceId, differences, states, sighting.At, cancel);
        var from = sighting is ListedPage { AnyAge: true } ? null : connector.Settings.Source.IngestFrom;
        var diff = PageDiff.Decide([.. differences.Where(d => !overtaken.Contains(d.Key))], states, connector, from);

        await events.Append(session.Transaction, session.Tenant, diff.Appends, cancel);
        if (limited)
            await DailyQuota.Refund(session, connector.Format, [.. diff.Outdated.Select(id => (id, (string?)null))], cancel);
        var own = sighting is ListedPage { Batch: { } path } ? PageDiff.BatchItem(connector.SourceId, connector.Id, path).Key : null;
        await queue.Enqueue(session, session.Tenant, [.. diff.Work.Where(w => w.Key != own)], cancel);
        return new(diff, overtaken);
    }

    private static async Task<List<Difference>> Differences(
        PipelineSession session, Guid source, Sighting sighting, ObjectJudge judge, CancellationToken cancel)
    {
        var seen = judge.Judge(sighting.Objects).ToDictionary(j => j.Object.Key, StringComparer.Ordinal);
        string[] keys = [.. seen.Values.Select(j => j.Object.Key)];
        string[] etags = [.. seen.Values.Select(j => j.Object.ETag)];
        var statement = sighting switch
        {
            ListedPage page => Statement.File<Discovery>(
                "Ingest/DiffPage.sql", session.Tenant, source, page.Prefix, page.After ?? "", page.UpTo, keys, etags),
            NamedKeys named => Statement.File<Discovery>(
                "Ingest/DiffKeys.sql", session.Tenant, source, named.Keys.ToArray(), keys, etags),
            _ => throw new NotSupportedException($"Unknown sighting {sighting.GetType().Name}."),
        };
        return await session.Query(
            statement,
            row =>
            {
                var judged = row.GetBoolean(1) ? seen[row.GetString(0)] : null;
                return new Difference(row.GetString(0), judged, judged is null ? null : judge.BatchOf(judged), row.GetBoolean(2));
            },
            cancel);
    }

    /// <summary>
    /// The keys that the ledger would take back by this sighting, although it has seen something of them since the sighting
    /// began. Their streams are locked, so the answer holds until the transaction ends.
    /// </summary>
    private static async Task<IReadOnlySet<string>> Overtaken(
        PipelineSession session, Guid source, IReadOnlyList<Difference> differences, IReadOnlyDictionary<Guid, FileState> states,
        DateTimeOffset at, CancellationToken cancel)
    {
        var contradicted = differences
            .Where(d => states.GetValueOrDefault(Ids.File(source, d.Key)) is { } state && PageDiff.Contradicts(d, state))
            .Select(d => d.Key)
            .ToArray();
        if (contradicted is [])
            return new HashSet<string>();
        var keys = await session.Query(
            new Statement(
                """
                select f.key
                from (select $1 as tenant_id, key from unnest($3::text[]) as named (key) offset 0) n -- offset 0: see docs/decisions
                join files f on f.tenant_id = n.tenant_id and f.source_id = $2 and f.key = n.key collate "C"
                where f.seen_at >= $4
                """,
                session.Tenant, source, contradicted, at.UtcDateTime),
            row => row.GetString(0), cancel);
        return keys.ToHashSet(StringComparer.Ordinal);
    }
}
