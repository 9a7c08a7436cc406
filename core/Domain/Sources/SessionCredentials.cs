using Amazon.Runtime;
using Microsoft.Extensions.Logging;

namespace QualityIngest.Domain.Sources;

/// <summary>A set of keys that a token service gave for a while.</summary>
internal sealed record IssuedSession(ImmutableCredentials Keys, DateTimeOffset ExpiresAt);

/// <summary>
/// Credentials that a token service issues: kept, and asked for anew some time before they expire. While a session is still
/// good, a failing token service does not stop anybody.
/// </summary>
internal sealed partial class SessionCredentials(
    Func<CancellationToken, Task<IssuedSession>> issue, TimeSpan refreshBefore, TimeProvider clock, ILogger logger) : AWSCredentials, IDisposable
{
    private readonly SemaphoreSlim turn = new(1, 1);
    private volatile IssuedSession? current;

    /// <summary>How long the session's keys are still good; null where there are none yet.</summary>
    public TimeSpan? Remaining => current?.ExpiresAt - clock.GetUtcNow();

    /// <summary>The session's keys, issued anew when they are about to expire.</summary>
    public async Task<ImmutableCredentials> Get(CancellationToken cancellation)
    {
        if (current is { } fresh && clock.GetUtcNow() < fresh.ExpiresAt - refreshBefore)
            return fresh.Keys;

        await turn.WaitAsync(cancellation);
        try
        {
            var known = current;
            if (known is not null && clock.GetUtcNow() < known.ExpiresAt - refreshBefore)
                return known.Keys;
            try
            {
                return (current = await issue(cancellation)).Keys;
            }
            catch (Exception exception) when (known is not null && clock.GetUtcNow() < known.ExpiresAt && !cancellation.IsCancellationRequested)
            {
                LogKept(known.ExpiresAt, exception);
                return known.Keys;
            }
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Drops the session that the store no longer accepts.</summary>
    public void Forget() => current = null;

    public override Task<ImmutableCredentials> GetCredentialsAsync() => Get(CancellationToken.None);

    public override ImmutableCredentials GetCredentials() =>
        current?.Keys ?? throw new NotSupportedException("A session is asked for asynchronously.");

    public void Dispose() => turn.Dispose();

    [LoggerMessage(EventId = 5002, Level = LogLevel.Warning, Message = "A session was not renewed; it is used until it expires at {ExpiresAt:O}.")]
    private partial void LogKept(DateTimeOffset expiresAt, Exception failure);
}
