using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using QualityIngest.Database;
using QualityIngest.Domain.Telemetry;

namespace QualityIngest.Domain.Retention;

/// <summary>
/// Deletes what is kept long enough, oldest first, some rows a transaction, by the database's clock. What is unfinished stays
/// however old it is: messages to be sent, work that waits or runs, scans that run. Rows that somebody works with are skipped,
/// so that nobody waits for it, and two nodes that run it at once share what there is.
/// </summary>
public sealed partial class RetentionSweep(Postgres postgres, IOptions<RetentionOptions> options, ILogger<RetentionSweep> logger)
{
    /// <summary>
    /// Deletes what is due now. Gives the rows that were deleted, by kind; absent is a kind that is kept for ever, and one that
    /// could not be deleted: the log says why, the other kinds go on, and the next run comes back to it.
    /// </summary>
    public async Task<IReadOnlyDictionary<string, long>> Run(CancellationToken cancel)
    {
        var kept = options.Value;
        (string Kind, int Days, string File)[] kinds =
        [
            ("rejections", kept.Rejections, "Rejections.sql"),
            ("deliveries", kept.Deliveries, "Deliveries.sql"),
            ("scans", kept.Work, "Scans.sql"),
            ("dead_letters", kept.Work, "DeadLetters.sql"),
        ];
        var deleted = new Dictionary<string, long>();
        foreach (var (kind, days, file) in kinds.Where(k => k.Days > 0).Append(("idempotency_keys", 0, "IdempotencyKeys.sql")))
        {
            try
            {
                deleted[kind] = await Delete(kind, file, days, cancel);
            }
            catch (NpgsqlException broken)
            {
                cancel.ThrowIfCancellationRequested();
                LogKept(broken, kind);
            }
        }

        return deleted;
    }

    private async Task<long> Delete(string kind, string file, int days, CancellationToken cancel)
    {
        var (rows, limit) = (0L, options.Value.BatchRows);
        for (var batch = 0; batch < options.Value.Batches; batch++)
        {
            await using var session = await postgres.System(cancel);
            var deleted = await session.Scalar<long>(Statement.File<RetentionSweep>($"Retention/{file}", days, limit), cancel);
            await session.Commit(cancel);
            rows += deleted;
            if (deleted < limit)
                break;
        }

        if (rows > 0)
        {
            Instruments.Expired(kind, rows);
            LogDeleted(rows, kind, days);
        }

        return rows;
    }

    [LoggerMessage(EventId = 9001, Level = LogLevel.Information, Message = "Deleted {Rows} {Kind} that were kept for {Days} days.")]
    private partial void LogDeleted(long rows, string kind, int days);

    [LoggerMessage(EventId = 9002, Level = LogLevel.Error, Message = "What was kept long enough of {Kind} could not be deleted; the next run tries again.")]
    private partial void LogKept(Exception broken, string kind);
}
