using QualityIngest.Database;
using QualityIngest.Domain.Formats;

namespace QualityIngest.Domain.Ingest;

/// <summary>The quarantine: every fault of every refused row, located.</summary>
public static class Rejections
{
    private const int MaxFaults = 1_000;

    /// <summary>Adds the faults of a file's refused rows.</summary>
    public static async Task Add(PipelineSession session, Guid file, IEnumerable<RejectedRow> rows, CancellationToken cancel)
    {
        var faults = rows.SelectMany(r => r.Errors.Take(MaxFaults).Select((error, ordinal) => (Row: r, Error: error, Ordinal: ordinal))).ToList();
        if (faults is [])
            return;
        await session.Execute(
            new Statement(
                """
                insert into file_rejections (
                    tenant_id, file_id, line, ordinal, external_id, field, code, message, place_member, place_line, place_index)
                select $1, $2, r.*
                from unnest(
                    $3::bigint[], $4::integer[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::bigint[], $11::bigint[]) as r
                on conflict do nothing
                """,
                session.Tenant, file,
                faults.Select(f => f.Row.Line).ToArray(),
                faults.Select(f => f.Ordinal).ToArray(),
                faults.Select(f => f.Row.ExternalId).ToArray(),
                faults.Select(f => f.Error.Field).ToArray(),
                faults.Select(f => f.Error.Code).ToArray(),
                faults.Select(f => f.Error.Message).ToArray(),
                faults.Select(f => f.Row.Place?.Member).ToArray(),
                faults.Select(f => f.Row.Place?.Line).ToArray(),
                faults.Select(f => f.Row.Place?.Index).ToArray()),
            cancel);
    }
}
