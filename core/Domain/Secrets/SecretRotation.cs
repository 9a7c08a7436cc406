using Microsoft.Extensions.Logging;
using QualityIngest.Database;

namespace QualityIngest.Domain.Secrets;

/// <summary>Seals every stored secret with the first of the configured keys, so that the others can be let go.</summary>
public sealed partial class SecretRotation(Postgres postgres, SecretBox box, SecretCanary canary, ILogger<SecretRotation> logger)
{
    /// <summary>
    /// Seals anew what another key sealed, and lets the other keys go, in one transaction. Every running node has to seal with
    /// the first key already. Calling it again finds nothing to do.
    /// </summary>
    /// <returns>How many secrets were sealed anew.</returns>
    /// <exception cref="SecretBoxException">A secret opens with none of the configured keys; nothing was changed.</exception>
    public async Task<int> Run(CancellationToken cancel)
    {
        await using var session = await postgres.System(cancel);
        var resealed = 0;
        foreach (var column in SealedColumn.All)
            resealed += await Reseal(session, column, cancel);
        var forgotten = await canary.ForgetOldKeys(session, cancel);
        await session.Commit(cancel);
        LogDone(resealed, forgotten);
        return resealed;
    }

    private async Task<int> Reseal(SystemSession session, SealedColumn column, CancellationToken cancel)
    {
        var stored = await session.Query(
            new Statement($"select {column.Key}, {column.Name} from {column.Table} where {column.Name} is not null order by {column.Key} for update"),
            row => (Id: row.GetGuid(0), Secret: row.GetFieldValue<byte[]>(1)), cancel);
        var old = stored.Where(row => box.IsOld(row.Secret)).ToArray();
        if (old is [])
            return 0;
        return await session.Execute(
            new Statement(
                $"""
                update {column.Table} t set {column.Name} = s.secret
                from unnest($1, $2) s (id, secret)
                where t.{column.Key} = s.id
                """,
                old.Select(row => row.Id).ToArray(),
                old.Select(row => Anew(row.Secret, column.Context(row.Id))).ToArray()),
            cancel);
    }

    private byte[] Anew(byte[] secret, string context) => box.Seal(box.Open(secret, context), context);

    [LoggerMessage(EventId = 1021, Level = LogLevel.Information, Message = "{Resealed} secrets were sealed anew, and {Forgotten} old keys are needed no more.")]
    private partial void LogDone(int resealed, int forgotten);
}
