using Microsoft.Extensions.Options;
using QualityIngest.Database;

namespace QualityIngest.Domain.Idempotency;

/// <summary>
/// Knows which calls were carried out under an Idempotency-Key, on whichever node, and what was answered. A claim is committed
/// before its call begins, so that of two equal calls at once exactly one is carried out.
/// </summary>
public sealed class KeptAnswers(Postgres postgres, IOptions<IdempotencyOptions> options)
{
    private const string Administrators = "";

    /// <summary>Claims a call, or says why not.</summary>
    public async Task<CallStanding> Claim(RepeatableCall call, CancellationToken cancel)
    {
        var claim = Guid.NewGuid();
        var claiming = Statement.File<KeptAnswers>(
            "Idempotency/Claim.sql",
            Owner(call), call.KeyHash, call.Fingerprint, claim, options.Value.Lease, call.Subject, options.Value.Retention);
        // Whoever had it may let it go between the two statements: then it is to be had.
        while (true)
        {
            await using var session = await Open(call, cancel);
            if (await session.Scalar<Guid?>(claiming, cancel) is not null)
            {
                await session.Commit(cancel);
                return new CallStanding.Claimed(claim);
            }

            if (await Find(session, call, cancel) is { } standing)
                return standing;
        }
    }

    /// <summary>Keeps a claim alive. False: it has passed to somebody else.</summary>
    public Task<bool> Renew(RepeatableCall call, Guid claim, CancellationToken cancel) => Change(
        call, "update idempotency_keys set lease_until = clock_timestamp() + $4", claim, cancel, options.Value.Lease);

    /// <summary>Keeps the answer. False: the claim has passed to somebody else, whose answer counts.</summary>
    public Task<bool> Keep(RepeatableCall call, Guid claim, KeptAnswer answer, CancellationToken cancel) => Change(
        call,
        """
        update idempotency_keys
        set lease_until = null, status = $4, secret = $5, location = $6::text, etag = $7::text, content_type = $8::text, body = $9::bytea
        """,
        claim, cancel, answer.Status, answer.IsSecret, answer.Location, answer.Etag, answer.ContentType,
        answer.IsSecret ? null : answer.Body);

    /// <summary>Gives a key back whose call changed nothing.</summary>
    public Task<bool> Release(RepeatableCall call, Guid claim, CancellationToken cancel) =>
        Change(call, "delete from idempotency_keys", claim, cancel);

    private async Task<bool> Change(RepeatableCall call, string change, Guid claim, CancellationToken cancel, params object?[] values)
    {
        await using var session = await Open(call, cancel);
        var changed = await session.Execute(
            new Statement(
                $"{change} where tenant_id = $1 and key_hash = $2 and claim = $3 and status is null", [Owner(call), call.KeyHash, claim, .. values]),
            cancel);
        await session.Commit(cancel);
        return changed > 0;
    }

    private static Task<CallStanding?> Find(Session session, RepeatableCall call, CancellationToken cancel) =>
        session.First<CallStanding>(
            new Statement(
                """
                select fingerprint = $3, status, secret, location, etag, content_type, body
                from idempotency_keys where tenant_id = $1 and key_hash = $2
                """,
                Owner(call), call.KeyHash, call.Fingerprint),
            row => !row.GetBoolean(0) ? new CallStanding.Mismatched()
                : row.IsDBNull(1) ? new CallStanding.InFlight()
                : new CallStanding.Answered(new(
                    row.GetInt32(1), row.GetBoolean(2), row.IsDBNull(3) ? null : row.GetString(3), row.IsDBNull(4) ? null : row.GetString(4),
                    row.IsDBNull(5) ? null : row.GetString(5), row.IsDBNull(6) ? null : row.GetFieldValue<byte[]>(6))),
            cancel);

    private static string Owner(RepeatableCall call) => call.Tenant ?? Administrators;

    private async Task<Session> Open(RepeatableCall call, CancellationToken cancel) =>
        call.Tenant is { } tenant ? await postgres.Tenant(tenant, cancel) : await postgres.System(cancel);
}
